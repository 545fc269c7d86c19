import { annotations } from '../labels';
import {
  isoTime,
  isPodReady,
  schedulerMessage,
  timeMillis,
  type KubeContainerStatus,
  type KubeEvent,
  type KubePod,
} from '../kube';
import type { EventView, ModelState, PodView } from './types';

/** Reasons with which the kubelet says that a container can't run as asked. */
const FAILING_REASONS = new Set([
  'CrashLoopBackOff',
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
]);

interface PodState {
  state: ModelState;
  reason?: string;
  message?: string;
}

function containerState(status: KubeContainerStatus): PodState {
  const { waiting, terminated, running } = status.state ?? {};
  if (waiting) {
    const failing = FAILING_REASONS.has(waiting.reason ?? '');
    return {
      state: failing ? 'Failing' : 'Starting',
      reason: waiting.reason,
      message: waiting.message,
    };
  }
  if (terminated) {
    return {
      state: terminated.exitCode === 0 ? 'Starting' : 'Failing',
      reason: terminated.reason ?? `exit code ${terminated.exitCode}`,
      message: terminated.message,
    };
  }
  if (running && !status.ready) {
    return status.started === false
      ? { state: 'Starting', reason: 'startup probe not passed yet' }
      : { state: 'Degraded', reason: 'not ready' };
  }
  return { state: running ? 'Ready' : 'Unknown' };
}

/** From bad to good: the worst container speaks for the pod. */
const ORDER: ModelState[] = [
  'Failing',
  'Degraded',
  'Waiting',
  'Starting',
  'Unknown',
  'Ready',
];

function podState(pod: KubePod): PodState {
  const phase = pod.status?.phase;
  const statuses = [
    ...(pod.status?.initContainerStatuses ?? []).filter(
      status => status.state?.terminated?.exitCode !== 0,
    ),
    ...(pod.status?.containerStatuses ?? []),
  ];
  if (pod.metadata?.deletionTimestamp) {
    return { state: 'Waiting', reason: 'Terminating' };
  }
  if (phase === 'Succeeded') {
    return { state: 'Stopped', reason: 'Completed' };
  }
  if (phase === 'Failed') {
    const { reason, message } = pod.status ?? {};
    return { state: 'Failing', reason: reason ?? 'Failed', message };
  }
  if (isPodReady(pod)) {
    return { state: 'Ready' };
  }
  const unscheduled = schedulerMessage(pod);
  if (unscheduled !== undefined && !pod.spec?.nodeName) {
    return { state: 'Waiting', reason: 'Unschedulable', message: unscheduled };
  }
  if (statuses.length > 0) {
    const [worst] = statuses
      .map(containerState)
      .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
    return worst.state === 'Ready'
      ? { state: 'Starting', reason: 'waiting for the Ready condition' }
      : worst;
  }
  if (phase === 'Pending') {
    return pod.spec?.nodeName
      ? { state: 'Starting', reason: 'ContainerCreating' }
      : { state: 'Waiting', reason: 'waiting for the scheduler' };
  }
  return { state: 'Unknown', reason: pod.status?.reason };
}

function kindOfState(
  status: KubeContainerStatus,
): PodView['containers'][number]['state'] {
  const { running, waiting, terminated } = status.state ?? {};
  if (running) {
    return 'running';
  }
  if (waiting) {
    return 'waiting';
  }
  return terminated ? 'terminated' : 'unknown';
}

function containerView(
  status: KubeContainerStatus,
): PodView['containers'][number] {
  const { waiting, terminated } = status.state ?? {};
  const last = status.lastState?.terminated;
  return {
    name: status.name,
    image: status.image,
    ready: status.ready,
    state: kindOfState(status),
    reason: waiting?.reason ?? terminated?.reason,
    message: waiting?.message ?? terminated?.message,
    exitCode: terminated?.exitCode,
    lastState: last && {
      reason: last.reason,
      exitCode: last.exitCode,
      finishedAt: isoTime(last.finishedAt),
    },
  };
}

/** @public */
export function podView(pod: KubePod): PodView {
  const statuses = pod.status?.containerStatuses ?? [];
  return {
    name: pod.metadata?.name ?? '',
    node: pod.spec?.nodeName || undefined,
    phase: pod.status?.phase ?? 'Unknown',
    ...podState(pod),
    ready: isPodReady(pod),
    restarts: statuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
    createdAt: isoTime(pod.metadata?.creationTimestamp) ?? '',
    containers: statuses.map(containerView),
    simulated: pod.metadata?.annotations?.[annotations.simulated],
  };
}

/** @public */
export function eventView(event: KubeEvent): EventView {
  const { kind, name } = event.involvedObject ?? {};
  const times = [
    event.series?.lastObservedTime,
    event.lastTimestamp,
    event.eventTime,
    event.firstTimestamp,
    event.metadata?.creationTimestamp,
  ];
  const newest = times.find(time => timeMillis(time) !== undefined);
  return {
    type: event.type === 'Warning' ? 'Warning' : 'Normal',
    reason: event.reason ?? '',
    message: event.message ?? '',
    object: `${kind ?? 'Object'}/${name ?? ''}`,
    count: event.series?.count ?? event.count ?? 1,
    lastSeen: isoTime(newest) ?? '',
  };
}
