export * from './localReport';
export * from './usePreflight';
