import { GPU_RESOURCE } from '../labels';
import { parseCount, parseCpu, parseMemory } from '../quantities';
import type { KubeContainer, KubePod } from './types';

type Parse = (value: string | undefined) => number | undefined;

/** What the scheduler counts for one container: its request, by default its limit. */
function containerRequest(
  { resources }: KubeContainer,
  resource: string,
  parse: Parse,
): number {
  return (
    parse(resources?.requests?.[resource] ?? resources?.limits?.[resource]) ?? 0
  );
}

/**
 * What the scheduler counts for a pod: its containers and sidecars together, or the largest init
 * container where that is more, plus the overhead.
 */
function podRequest(pod: KubePod, resource: string, parse: Parse): number {
  let sidecars = 0;
  let largestInit = 0;
  for (const container of pod.spec?.initContainers ?? []) {
    const request = containerRequest(container, resource, parse);
    if (container.restartPolicy === 'Always') {
      sidecars += request;
      largestInit = Math.max(largestInit, sidecars);
    } else {
      largestInit = Math.max(largestInit, sidecars + request);
    }
  }
  const running = (pod.spec?.containers ?? []).reduce(
    (sum, container) => sum + containerRequest(container, resource, parse),
    sidecars,
  );
  const overhead = parse(pod.spec?.overhead?.[resource]) ?? 0;
  return Math.max(running, largestInit) + overhead;
}

/** Whole GPUs that the pod asks for. @public */
export function podGpus(pod: KubePod): number {
  return podRequest(pod, GPU_RESOURCE, parseCount);
}

/** Millicores that the pod asks for. @public */
export function podCpu(pod: KubePod): number {
  return podRequest(pod, 'cpu', parseCpu);
}

/** Bytes that the pod asks for. @public */
export function podMemory(pod: KubePod): number {
  return podRequest(pod, 'memory', parseMemory);
}

/** Succeeded or failed: holds nothing any more. @public */
export function isFinished(pod: KubePod): boolean {
  return pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';
}

/** The Ready condition. @public */
export function isPodReady(pod: KubePod): boolean {
  return (
    pod.status?.conditions?.some(
      ({ type, status }) => type === 'Ready' && status === 'True',
    ) ?? false
  );
}

/** The scheduler's message while no node has taken the pod. @public */
export function schedulerMessage(pod: KubePod): string | undefined {
  return pod.status?.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  )?.message;
}
