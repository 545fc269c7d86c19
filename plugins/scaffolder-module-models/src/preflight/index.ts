export * from './localReport';
export * from './usePreflight';
export * from './words';
