export * from './errors';
export * from './plan';
export * from './writer';
