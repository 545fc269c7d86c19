/** One cluster with its gateway, as configured. */
export interface GatewayTarget {
  cluster: string;
  /** Undefined when the cluster has no gateway configured. */
  url?: string;
}
