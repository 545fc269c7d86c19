export * from './defaults';
export * from './provisioner';
