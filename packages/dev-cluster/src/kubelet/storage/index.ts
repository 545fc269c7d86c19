export * from './attacher';
export * from './defaults';
export * from './provisioner';
