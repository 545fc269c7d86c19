export * from './types';
export * from './render';
export * from './objects';
