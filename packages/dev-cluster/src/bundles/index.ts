export * from './bundles';
export * from './platformImages';
