export * from './details';
export * from './markdown';
