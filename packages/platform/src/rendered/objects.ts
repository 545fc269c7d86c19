import type { V1PodTemplateSpec } from '@kubernetes/client-node';
import type { RenderedObject, Workload } from './types';

/** `Deployment observability/loki`, for people. @public */
export function nameOf({ kind, metadata }: RenderedObject): string {
  return metadata.namespace
    ? `${kind} ${metadata.namespace}/${metadata.name}`
    : `${kind} ${metadata.name}`;
}

/** The value at a path of field names and indices, undefined where it ends. @public */
export function valueAt(
  value: unknown,
  ...path: Array<string | number>
): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null
        ? (at as Record<string | number, unknown>)[key]
        : undefined,
    value,
  );
}

/** Where each kind keeps its pod template. */
const TEMPLATES: Record<string, string[]> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  ReplicaSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** The objects that make pods, with their templates; a bare Pod is its own. @public */
export function workloadsOf(objects: RenderedObject[]): Workload[] {
  return objects.flatMap(object => {
    const path = object.kind === 'Pod' ? [] : TEMPLATES[object.kind];
    const template = path && (valueAt(object, ...path) as V1PodTemplateSpec);
    return template?.spec
      ? [{ object, template: template as Workload['template'] }]
      : [];
  });
}

/** All containers of a pod, those that only prepare it included. @public */
export function containersOf({ template }: Workload) {
  return [
    ...(template.spec.initContainers ?? []),
    ...(template.spec.containers ?? []),
  ];
}
