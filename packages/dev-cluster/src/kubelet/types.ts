import { ImageCatalogue } from './images';

/** @public */
export interface NodeAgentOptions {
  /** A kubeconfig with all rights. */
  kubeconfig: string;
  stateDir: string;
  /** 0 to 9: chooses the loopback addresses. */
  instance: number;
  /** Unix socket on which the apiserver's CONNECT requests are taken. */
  egressSocket: string;
  /** PEM: what the kubelet endpoint shows, and whom it trusts. */
  kubeletTls: { cert: string; key: string; clientCa: string };
  images: ImageCatalogue;
  /** Cores that one pod's model may use. */
  cpuThreads: number;
  logger(line: string): void;
  clusterDomain: 'cluster.local';
  /** How long a node joins after it is wanted, and stays idle. */
  scaling?: { joinDelayMs?: number; idleMs?: number };
}

/** @public */
export interface NodeAgent {
  /** What pods get as HTTP_PROXY. */
  podProxyUrl: string;
  /** Address on which NodePorts are listened to. */
  nodePortAddress: string;
  /** Ends all pod processes; the objects of the API stay as they are. */
  stop(): Promise<void>;
}
