export * from './topLevel';
export * from './readObject';
