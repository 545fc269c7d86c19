export * from './registryStack';
