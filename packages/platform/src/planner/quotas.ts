import {
  parseCount,
  parseCpu,
  parseMemory,
} from '@llm-platform/plugin-models-common';
import type { Environment } from '../declarations';
import { RenderedObject, nameOf, valueAt } from '../rendered';
import { initialNodes } from './nodes';
import type { Unscheduled } from './plan';
import { nodeMismatch } from './placement';
import { PodGroup, podGroupsOf } from './pods';
import { GPU, formatCpu, formatMemory } from './resources';

type Amounts = Record<string, number>;

/** What a quota may limit, how it is read and written. */
const LIMITED: Record<
  string,
  {
    parse(value: string): number | undefined;
    format(value: number): string;
    ofPod?(pod: PodGroup): number;
  }
> = {
  'requests.cpu': {
    parse: parseCpu,
    format: formatCpu,
    ofPod: ({ requests }) => requests.cpu,
  },
  'requests.memory': {
    parse: parseMemory,
    format: formatMemory,
    ofPod: ({ requests }) => requests.memory,
  },
  [`requests.${GPU}`]: {
    parse: parseCount,
    format: String,
    ofPod: ({ requests }) => requests.gpus,
  },
  pods: { parse: parseCount, format: String, ofPod: () => 1 },
  persistentvolumeclaims: { parse: parseCount, format: String },
  'requests.storage': { parse: parseMemory, format: formatMemory },
};

/**
 * Whether the quota of each namespace leaves room for what the overlay makes in
 * it, on as many nodes as the groups may have, and for the largest update: a
 * pod beyond its quota isn't even made.
 *
 * @public
 */
export function checkQuotas(
  objects: RenderedObject[],
  environment: Environment,
): Unscheduled[] {
  const groups = podGroupsOf(objects);
  return objects
    .filter(({ kind }) => kind === 'ResourceQuota')
    .flatMap(quota => {
      const { namespace } = quota.metadata;
      const used = usedIn(
        groups.filter(group => group.namespace === namespace),
        objects.filter(
          ({ kind, metadata }) =>
            kind === 'PersistentVolumeClaim' &&
            metadata.namespace === namespace,
        ),
        environment,
      );
      const hard = valueAt(quota, 'spec', 'hard') as Record<string, string>;
      return Object.entries(hard ?? {}).flatMap(([name, text]) => {
        const limited = LIMITED[name];
        const most = limited?.parse(String(text));
        return most !== undefined && used[name] > most
          ? [
              {
                owner: nameOf(quota),
                message: `allows ${name} ${limited.format(
                  most,
                )}, but the namespace needs ${limited.format(
                  used[name],
                )}, updates included. Raise it, or lower what is asked for`,
              },
            ]
          : [];
      });
    });
}

function usedIn(
  groups: PodGroup[],
  claims: RenderedObject[],
  environment: Environment,
): Amounts {
  const nodes = initialNodes({
    ...environment,
    nodeGroups: environment.nodeGroups.map(group => ({
      ...group,
      size: { ...group.size, desired: group.size.max },
    })),
  });
  const count = (group: PodGroup) =>
    group.kind === 'DaemonSet'
      ? nodes.filter(node => nodeMismatch(group, node) === undefined).length
      : group.replicas;
  const amounts: Amounts = {
    persistentvolumeclaims: claims.length,
    'requests.storage': claims
      .map(claim =>
        parseMemory(
          valueAt(claim, 'spec', 'resources', 'requests', 'storage') as string,
        ),
      )
      .reduce<number>((sum, size) => sum + (size ?? 0), 0),
  };
  for (const [name, { ofPod }] of Object.entries(LIMITED)) {
    if (ofPod) {
      amounts[name] =
        groups
          .map(group => count(group) * ofPod(group))
          .reduce((a, b) => a + b, 0) +
        // One update at a time.
        Math.max(0, ...groups.map(group => group.update.surge * ofPod(group)));
    }
  }
  return amounts;
}
