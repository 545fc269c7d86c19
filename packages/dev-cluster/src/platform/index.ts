export * from './apply';
export * from './grafanaSecret';
export * from './portalIdentity';
