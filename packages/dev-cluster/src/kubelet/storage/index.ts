export * from './defaults';
export * from './provisioner';
export * from './usedBytes';
