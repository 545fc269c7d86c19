export * from './clusterCache';
export * from './resources';
export * from './watchCache';
