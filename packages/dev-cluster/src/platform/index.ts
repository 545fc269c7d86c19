export * from './apply';
export * from './portalIdentity';
