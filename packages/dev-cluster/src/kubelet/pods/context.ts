import {
  V1ConfigMap,
  V1PersistentVolumeClaim,
  V1Secret,
  V1Service,
} from '@kubernetes/client-node';
import { ApiClient, Store } from '../api';
import { EventRecorder } from '../events';
import { Exporters } from '../exporters';
import { ImageCatalogue, ImagePuller } from '../images';
import { NodeSpec } from '../nodes/definitions';
import { PodAddresses } from './addresses';

/** What all pods of the agent share. @public */
export interface PodContext {
  api: ApiClient;
  events: EventRecorder;
  puller: ImagePuller;
  images: ImageCatalogue;
  addresses: PodAddresses;
  exporters: Exporters;
  configMaps: Store<V1ConfigMap>;
  secrets: Store<V1Secret>;
  services: Store<V1Service>;
  claims: Store<V1PersistentVolumeClaim>;
  node(name: string): NodeSpec | undefined;
  instance: number;
  /** The proxy that leads to the cluster's pods and Services. */
  proxyUrl: string;
  cpuThreads: number;
  /** Directory of the agent's own state. */
  dir: string;
  /** Variables that every pod process gets. */
  baseEnv: Record<string, string>;
  logger(line: string): void;
}
