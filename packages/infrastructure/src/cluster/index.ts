export * from './clusterStack';
export * from './podRole';
export * from './storageClasses';
