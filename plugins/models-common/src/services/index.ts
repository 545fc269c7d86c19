export * from './types';
export * from './schema';
export {
  gatewayKeyName,
  podKeyName,
  repositoryName,
  serviceImage,
} from './names';
export * from './inventory';
export * from './render';
export * from './preflight';
