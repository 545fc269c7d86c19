export * from './client';
export * from './paths';
export * from './store';
export * from './time';
