export * from './config';
export * from './content';
export * from './parse';
