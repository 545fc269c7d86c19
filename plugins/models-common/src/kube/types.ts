/**
 * Minimal structural types of Kubernetes objects: what the cores read and nothing else. Objects of
 * `@kubernetes/client-node` (timestamps are `Date`) and plain JSON (strings) both satisfy them.
 */

/** @public */
export type KubeTime = string | Date;

/** @public */
export interface KubeMetadata {
  name?: string;
  namespace?: string;
  uid?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  creationTimestamp?: KubeTime;
  deletionTimestamp?: KubeTime;
  generation?: number;
  resourceVersion?: string;
  ownerReferences?: Array<{ kind: string; name: string; uid: string }>;
}

/** Any object, as far as names and owners go. @public */
export interface KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata?: KubeMetadata;
}

/** @public */
export interface KubeCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: KubeTime;
}

/** @public */
export interface KubeResources {
  requests?: Record<string, string>;
  limits?: Record<string, string>;
}

/** @public */
export interface KubeContainer {
  name: string;
  image?: string;
  args?: string[];
  restartPolicy?: string;
  resources?: KubeResources;
}

/** @public */
export interface KubeContainerState {
  running?: { startedAt?: KubeTime };
  waiting?: { reason?: string; message?: string };
  terminated?: {
    exitCode: number;
    reason?: string;
    message?: string;
    startedAt?: KubeTime;
    finishedAt?: KubeTime;
  };
}

/** @public */
export interface KubeContainerStatus {
  name: string;
  image: string;
  ready: boolean;
  started?: boolean;
  restartCount: number;
  state?: KubeContainerState;
  lastState?: KubeContainerState;
}

/** @public */
export interface KubePod extends KubeObject {
  spec?: {
    nodeName?: string;
    nodeSelector?: Record<string, string>;
    containers: KubeContainer[];
    initContainers?: KubeContainer[];
    overhead?: Record<string, string>;
  };
  status?: {
    phase?: string;
    reason?: string;
    message?: string;
    startTime?: KubeTime;
    conditions?: KubeCondition[];
    containerStatuses?: KubeContainerStatus[];
    initContainerStatuses?: KubeContainerStatus[];
  };
}

/** @public */
export interface KubeNode extends KubeObject {
  spec?: {
    unschedulable?: boolean;
    taints?: Array<{ key: string; value?: string; effect: string }>;
  };
  status?: {
    capacity?: Record<string, string>;
    allocatable?: Record<string, string>;
    conditions?: KubeCondition[];
  };
}

/** Both `v1` and `events.k8s.io/v1` times are read. @public */
export interface KubeEvent extends KubeObject {
  type?: string;
  reason?: string;
  message?: string;
  count?: number;
  involvedObject?: { kind?: string; namespace?: string; name?: string };
  firstTimestamp?: KubeTime;
  lastTimestamp?: KubeTime;
  eventTime?: KubeTime;
  series?: { count?: number; lastObservedTime?: KubeTime };
}

/** @public */
export interface KubePersistentVolumeClaim extends KubeObject {
  spec?: {
    storageClassName?: string;
    volumeName?: string;
    resources?: { requests?: Record<string, string> };
  };
  status?: { phase?: string };
}

/** @public */
export interface KubeStorageClass extends KubeObject {
  provisioner: string;
  volumeBindingMode?: string;
}

/** @public */
export interface KubeResourceQuota extends KubeObject {
  spec?: { hard?: Record<string, string> };
  status?: { hard?: Record<string, string>; used?: Record<string, string> };
}

/** @public */
export interface KubeLimitRange extends KubeObject {
  spec?: {
    limits: Array<{
      type: string;
      max?: Record<string, string>;
      min?: Record<string, string>;
      maxLimitRequestRatio?: Record<string, string>;
    }>;
  };
}

/** @public */
export interface KubeDeployment extends KubeObject {
  spec?: {
    replicas?: number;
    selector?: { matchLabels?: Record<string, string> };
    template?: {
      metadata?: KubeMetadata;
      spec?: {
        nodeSelector?: Record<string, string>;
        containers: KubeContainer[];
      };
    };
  };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    unavailableReplicas?: number;
    conditions?: KubeCondition[];
  };
}

/** @public */
export interface KubeConfigMap extends KubeObject {
  data?: Record<string, string>;
}
