import { labels } from '@llm-platform/plugin-models-common';

/** An object as the API server sends it. */
export interface RawObject {
  apiVersion?: string;
  kind?: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/** A type that is watched on every cluster. */
export interface WatchedResource {
  /** Plural, also the key in the cache. */
  plural: string;
  apiVersion: string;
  kind: string;
  path: string;
  labelSelector?: string;
  /** Without it the platform can show nothing. The others may be denied to the portal's account: then they're unknown. */
  required: boolean;
  /** Drops what nobody reads, before the object is held. */
  trim(object: RawObject): RawObject;
}

type Fields = Record<string, unknown>;

function pick(value: unknown, keys: string[]): Fields {
  const source = (value ?? {}) as Fields;
  return Object.fromEntries(
    keys
      .filter(key => source[key] !== undefined)
      .map(key => [key, source[key]]),
  );
}

const METADATA = [
  'name',
  'namespace',
  'uid',
  'labels',
  'annotations',
  'creationTimestamp',
  'deletionTimestamp',
  'generation',
  'resourceVersion',
  'ownerReferences',
];
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function trimMetadata(metadata: RawObject['metadata']): RawObject['metadata'] {
  const trimmed = pick(metadata, METADATA) as RawObject['metadata'];
  if (trimmed.annotations?.[LAST_APPLIED]) {
    const { [LAST_APPLIED]: _, ...annotations } = trimmed.annotations;
    trimmed.annotations = annotations;
  }
  return trimmed;
}

function keep(object: RawObject, fields: Fields): RawObject {
  return { ...fields, metadata: trimMetadata(object.metadata) };
}

const CONTAINER = ['name', 'image', 'args', 'restartPolicy', 'resources'];

function trimContainers(containers: unknown): Fields[] {
  return ((containers ?? []) as Fields[]).map(c => pick(c, CONTAINER));
}

function trimPodSpec(spec: Fields | undefined): Fields {
  return {
    ...pick(spec, ['nodeName', 'overhead']),
    containers: trimContainers(spec?.containers),
    ...(spec?.initContainers !== undefined && {
      initContainers: trimContainers(spec.initContainers),
    }),
  };
}

function trimPod(object: RawObject): RawObject {
  return keep(object, {
    spec: trimPodSpec(object.spec as Fields),
    status: pick(object.status, [
      'phase',
      'reason',
      'message',
      'startTime',
      'podIP',
      'conditions',
      'containerStatuses',
      'initContainerStatuses',
    ]),
  });
}

function trimDeployment(object: RawObject): RawObject {
  const spec = object.spec as Fields | undefined;
  const template = spec?.template as
    | { metadata?: Fields; spec?: Fields }
    | undefined;
  return keep(object, {
    spec: {
      ...pick(spec, ['replicas', 'selector', 'strategy']),
      template: {
        metadata: pick(template?.metadata, ['labels', 'annotations']),
        spec: trimPodSpec(template?.spec),
      },
    },
    status: object.status,
  });
}

function trimNode(object: RawObject): RawObject {
  return keep(object, {
    spec: pick(object.spec, ['unschedulable', 'taints']),
    status: pick(object.status, ['capacity', 'allocatable', 'conditions']),
  });
}

function trimEvent(object: RawObject): RawObject {
  return keep(
    object,
    pick(object, [
      'type',
      'reason',
      'message',
      'count',
      'involvedObject',
      'firstTimestamp',
      'lastTimestamp',
      'eventTime',
      'series',
    ]),
  );
}

function trimTo(...fields: string[]): (object: RawObject) => RawObject {
  return object => keep(object, pick(object, fields));
}

/** What the portal watches: one list-watch per type and cluster, shared by all users. */
export const watchedResources = [
  {
    plural: 'namespaces',
    apiVersion: 'v1',
    kind: 'Namespace',
    path: '/api/v1/namespaces',
    required: true,
    trim: trimTo(),
  },
  {
    plural: 'nodes',
    apiVersion: 'v1',
    kind: 'Node',
    path: '/api/v1/nodes',
    required: true,
    trim: trimNode,
  },
  {
    plural: 'pods',
    apiVersion: 'v1',
    kind: 'Pod',
    path: '/api/v1/pods',
    required: true,
    trim: trimPod,
  },
  {
    plural: 'deployments',
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    path: '/apis/apps/v1/deployments',
    required: true,
    trim: trimDeployment,
  },
  {
    plural: 'configmaps',
    apiVersion: 'v1',
    kind: 'ConfigMap',
    path: '/api/v1/configmaps',
    labelSelector: labels.applySetId,
    required: true,
    trim: trimTo('data'),
  },
  {
    plural: 'persistentvolumeclaims',
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    path: '/api/v1/persistentvolumeclaims',
    required: false,
    trim: trimTo('spec', 'status'),
  },
  {
    plural: 'services',
    apiVersion: 'v1',
    kind: 'Service',
    path: '/api/v1/services',
    labelSelector: labels.route,
    required: false,
    trim: trimTo(),
  },
  {
    plural: 'events',
    apiVersion: 'v1',
    kind: 'Event',
    path: '/api/v1/events',
    required: false,
    trim: trimEvent,
  },
  {
    plural: 'resourcequotas',
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    path: '/api/v1/resourcequotas',
    required: false,
    trim: trimTo('spec', 'status'),
  },
  {
    plural: 'limitranges',
    apiVersion: 'v1',
    kind: 'LimitRange',
    path: '/api/v1/limitranges',
    required: false,
    trim: trimTo('spec'),
  },
  {
    plural: 'storageclasses',
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    path: '/apis/storage.k8s.io/v1/storageclasses',
    required: false,
    trim: trimTo('provisioner', 'volumeBindingMode'),
  },
  {
    plural: 'csidrivers',
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSIDriver',
    path: '/apis/storage.k8s.io/v1/csidrivers',
    required: false,
    trim: trimTo(),
  },
] as const satisfies WatchedResource[];

/** Plural of a watched type. */
export type WatchedPlural = (typeof watchedResources)[number]['plural'];
