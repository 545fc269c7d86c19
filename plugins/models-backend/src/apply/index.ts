export * from './apply';
export * from './errors';
export * from './locks';
export * from './plan';
export * from './remove';
export * from './seen';
export * from './writer';
