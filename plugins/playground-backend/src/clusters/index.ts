export * from './ConfigMapKeyStore';
export * from './playgroundClusters';
export * from './types';
