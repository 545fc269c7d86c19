export * from './Forwarder';
export * from './Upstreams';
export { upstreamHeaders } from './headers';
export type { Usage } from './usage';
