import type { V1LabelSelector } from '@kubernetes/client-node';
import {
  RenderedObject,
  Workload,
  nameOf,
  valueAt,
  workloadsOf,
} from '../rendered';
import type { Problem } from './problem';

/**
 * Every Service selects a pod template, and one that has the ports it points
 * to (incident 17); so does every budget and every network policy that names
 * pods.
 */
export function checkSelectors(objects: RenderedObject[]): Problem[] {
  const workloads = workloadsOf(objects);
  return objects.flatMap(object => {
    const selector = selectorOf(object);
    if (!selector) {
      return [];
    }
    const selected = workloads.filter(
      workload =>
        workload.object.metadata.namespace === object.metadata.namespace &&
        selects(selector, workload.template.metadata?.labels ?? {}),
    );
    if (selected.length === 0) {
      return [
        {
          at: nameOf(object),
          message: `its selector ${JSON.stringify(
            selector,
          )} selects no pod of the namespace ${
            object.metadata.namespace
          }. Select the labels of a pod template there, or take it out`,
        },
      ];
    }
    return object.kind === 'Service' ? missingPorts(object, selected) : [];
  });
}

function selectorOf(object: RenderedObject): V1LabelSelector | undefined {
  switch (object.kind) {
    case 'Service': {
      // Without a selector somebody else makes its endpoints.
      const matchLabels = valueAt(object, 'spec', 'selector');
      return matchLabels
        ? { matchLabels: matchLabels as Record<string, string> }
        : undefined;
    }
    case 'PodDisruptionBudget':
      return valueAt(object, 'spec', 'selector') as V1LabelSelector | undefined;
    case 'NetworkPolicy': {
      const selector = valueAt(object, 'spec', 'podSelector') as
        | V1LabelSelector
        | undefined;
      // An empty one means all pods.
      return selector && Object.keys(selector).length > 0
        ? selector
        : undefined;
    }
    default:
      return undefined;
  }
}

function missingPorts(
  service: RenderedObject,
  selected: Workload[],
): Problem[] {
  const ports = (valueAt(service, 'spec', 'ports') ?? []) as Array<{
    port: number;
    targetPort?: number | string;
  }>;
  const offered = selected.flatMap(({ template }) =>
    template.spec.containers.flatMap(container => container.ports ?? []),
  );
  return ports
    .filter(({ port, targetPort = port }) =>
      offered.every(
        ({ name, containerPort }) =>
          targetPort !== name && targetPort !== containerPort,
      ),
    )
    .map(({ port, targetPort = port }) => ({
      at: nameOf(service),
      message: `its port ${port} goes to ${targetPort}, which no container that it selects declares. Those declare ${
        offered
          .map(({ name, containerPort }) => name ?? containerPort)
          .join(', ') || 'none'
      }`,
    }));
}

function selects(
  { matchLabels = {}, matchExpressions = [] }: V1LabelSelector,
  labels: Record<string, string>,
): boolean {
  return (
    Object.entries(matchLabels).every(
      ([key, value]) => labels[key] === value,
    ) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      switch (operator) {
        case 'In':
          return values.includes(labels[key]);
        case 'NotIn':
          return !values.includes(labels[key]);
        case 'Exists':
          return key in labels;
        default:
          return !(key in labels);
      }
    })
  );
}
