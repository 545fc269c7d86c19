export * from './types';
export * from './time';
export * from './pods';
export * from './nodes';
