export * from './metrics';
export * from './series';
