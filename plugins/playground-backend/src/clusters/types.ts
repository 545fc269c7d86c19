import type { GatewayTarget } from '../gateway';
import type { SigningKeyStore } from '../keys';

/** What the playground needs of the configured clusters. */
export interface PlaygroundClusters {
  gateways(): GatewayTarget[];
  keyStores(): SigningKeyStore[];
}
