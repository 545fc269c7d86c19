import type {
  V1Container,
  V1PodSpec,
  V1ResourceRequirements,
} from '@kubernetes/client-node';
import type { AddonDeclaration } from '../declarations';
import {
  RenderedObject,
  Workload,
  nameOf,
  valueAt,
  workloadsOf,
} from '../rendered';
import { NOTHING, Resources, add, larger, readResources } from './resources';

/** Pods of one kind that have to find a node. @public */
export interface PodGroup {
  /** `Deployment observability/loki`. */
  owner: string;
  kind: string;
  namespace: string;
  labels: Record<string, string>;
  spec: V1PodSpec;
  requests: Resources;
  /** 0 for a DaemonSet: its nodes decide. */
  replicas: number;
  /** Pods that a rolling update makes before it ends old ones, and ends first. */
  update: { surge: number; unavailable: number };
  /** Advertises the GPUs of the node on which it runs. */
  offersGpus: boolean;
}

/** The NVIDIA device plugin, whoever has packed it. */
const DEVICE_PLUGIN = /k8s-device-plugin/;

/** The pods that an overlay's objects make, at the most that an autoscaler makes of them. */
export function podGroupsOf(objects: RenderedObject[]): PodGroup[] {
  return workloadsOf(objects).map(workload => {
    const { object, template } = workload;
    const namespace = object.metadata.namespace ?? 'default';
    const replicas = replicasOf(object, objects);
    return {
      owner: nameOf(object),
      kind: object.kind,
      namespace,
      labels: template.metadata?.labels ?? {},
      spec: template.spec,
      requests: requestsOf(workload, defaultRequests(objects, namespace)),
      replicas,
      update: updateOf(object, replicas),
      offersGpus: template.spec.containers.some(({ image = '' }) =>
        DEVICE_PLUGIN.test(image),
      ),
    };
  });
}

/** The pods that the infrastructure's add-ons bring. */
export function podGroupsOfAddons(
  addons: readonly AddonDeclaration[],
): PodGroup[] {
  return addons.flatMap(({ workloads }) =>
    workloads.map(({ kind, name, replicas = 0, requests, tolerates }) => ({
      owner: `${kind} kube-system/${name}`,
      kind,
      namespace: 'kube-system',
      labels: { 'app.kubernetes.io/name': name },
      spec: {
        containers: [],
        priorityClassName: 'system-cluster-critical',
        ...(tolerates === 'all' && { tolerations: [{ operator: 'Exists' }] }),
      },
      requests: { ...readResources(requests), pods: 1 },
      replicas,
      // EKS rolls its add-ons itself, one pod after the other.
      update: { surge: 0, unavailable: 1 },
      offersGpus: false,
    })),
  );
}

function replicasOf(object: RenderedObject, objects: RenderedObject[]): number {
  if (object.kind === 'DaemonSet') {
    return 0;
  }
  if (!['Deployment', 'StatefulSet', 'ReplicaSet'].includes(object.kind)) {
    return 1;
  }
  const autoscaler = objects.find(
    other =>
      other.kind === 'HorizontalPodAutoscaler' &&
      other.metadata.namespace === object.metadata.namespace &&
      valueAt(other, 'spec', 'scaleTargetRef', 'kind') === object.kind &&
      valueAt(other, 'spec', 'scaleTargetRef', 'name') === object.metadata.name,
  );
  return Number(
    valueAt(autoscaler, 'spec', 'maxReplicas') ??
      valueAt(object, 'spec', 'replicas') ??
      1,
  );
}

function updateOf(
  object: RenderedObject,
  replicas: number,
): PodGroup['update'] {
  if (
    object.kind !== 'Deployment' ||
    valueAt(object, 'spec', 'strategy', 'type') === 'Recreate'
  ) {
    return { surge: 0, unavailable: replicas };
  }
  const share = (
    field: 'maxSurge' | 'maxUnavailable',
    round: (value: number) => number,
  ) => {
    const value =
      valueAt(object, 'spec', 'strategy', 'rollingUpdate', field) ?? '25%';
    return typeof value === 'string' && value.endsWith('%')
      ? round((replicas * parseFloat(value)) / 100)
      : Number(value);
  };
  return {
    surge: share('maxSurge', Math.ceil),
    unavailable: share('maxUnavailable', Math.floor),
  };
}

/** What a container gets in this namespace that asks for nothing. */
function defaultRequests(
  objects: RenderedObject[],
  namespace: string,
): Record<string, string> {
  const limits = objects
    .filter(
      ({ kind, metadata }) =>
        kind === 'LimitRange' && metadata.namespace === namespace,
    )
    .flatMap(
      object =>
        (valueAt(object, 'spec', 'limits') ?? []) as Array<{
          type: string;
          defaultRequest?: Record<string, string>;
        }>,
    );
  return Object.assign(
    {},
    ...limits
      .filter(({ type }) => type === 'Container')
      .map(({ defaultRequest }) => defaultRequest ?? {}),
  );
}

/** As the scheduler counts: containers together, or the largest of those that prepare. */
function requestsOf(
  { template: { spec } }: Workload,
  defaults: Record<string, string>,
): Resources {
  const of = ({ resources }: V1Container) => wanted(resources, defaults);
  const sum = (containers: V1Container[]) =>
    containers.map(of).reduce(add, NOTHING);
  const prepare = spec.initContainers ?? [];
  // A sidecar is an init container that stays.
  const stays = prepare.filter(c => c.restartPolicy === 'Always');
  const ends = prepare.filter(c => c.restartPolicy !== 'Always');
  const running = add(sum(spec.containers), sum(stays));
  return {
    ...ends.map(of).reduce(larger, running),
    pods: 1,
  };
}

function wanted(
  { requests = {}, limits = {} }: V1ResourceRequirements = {},
  defaults: Record<string, string>,
): Resources {
  // A limit alone is also the request.
  return readResources({ ...defaults, ...limits, ...requests });
}
