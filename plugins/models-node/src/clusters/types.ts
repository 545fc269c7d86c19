import type { KubeConfig } from '@kubernetes/client-node';

/** A cluster that the platform runs on. @public */
export interface PlatformCluster {
  readonly name: string;
  readonly title?: string;
  /** The cluster that `npm start` runs itself. */
  readonly embedded: boolean;
  /** Writes are refused. */
  readonly readOnly: boolean;
  /** Where the portal reaches the gateway; `undefined`: through the API server. */
  readonly gatewayUrl?: string;
  /** Where the portal reaches the platform's Prometheus; `undefined`: the portal has none to ask. */
  readonly prometheusUrl?: string;
  /**
   * How to reach and authenticate to it. Read on every call where the file has changed, so that
   * a kubeconfig that appears late or is renewed is picked up; rejects while there is none.
   */
  getKubeConfig(): Promise<KubeConfig>;
}

/** The clusters of the platform. @public */
export interface ClusterRegistry {
  getClusters(): PlatformCluster[];
  /** Throws a NotFoundError for a name that is not configured. */
  getCluster(name: string): PlatformCluster;
}
