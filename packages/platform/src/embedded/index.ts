export * from './cluster';
export * from './repository';
