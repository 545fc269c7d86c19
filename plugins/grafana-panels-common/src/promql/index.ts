export * from './enforce';
export * from './types';
