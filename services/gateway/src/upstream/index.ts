export * from './Forwarder';
export * from './Upstreams';
export type { Dialect } from './Dialect';
export type { ForwardTimeouts } from './Exchange';
export * from './Outliers';
export { upstreamHeaders } from './headers';
export type { Usage } from './usage';
