export * from './KubernetesCredentialSource';
export * from './KubernetesLimitsSource';
export * from './KubernetesRouteSource';
export * from './loadKubeConfig';
export {
  watchList,
  type WatchListOptions,
  type WatchedList,
  type Selectors,
} from './watchList';
