export * from './labels';
export * from './types';
