export * from './accountSettings';
export * from './environmentSettings';
export * from './kubernetesVersion';
