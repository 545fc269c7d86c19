import type { KubeDeployment, KubePersistentVolumeClaim } from '../kube';
import type { ModelState, PodView } from './types';

/** What the whole Deployment is doing, and why. */
export interface DeploymentState {
  state: ModelState;
  reason?: string;
}

const PENDING_CLAIM = 'waits for its volume';

function waitingReason(
  pod: PodView,
  claims: KubePersistentVolumeClaim[],
): string {
  const message = pod.message ?? '';
  const detail = message ? `: ${message}` : '';
  if (/Insufficient nvidia\.com\/gpu/.test(message)) {
    return `waits for a free GPU${detail}`;
  }
  if (/persistentvolumeclaim/i.test(message)) {
    const pending = claims.find(({ status }) => status?.phase === 'Pending');
    const name = pending?.metadata?.name;
    return `${PENDING_CLAIM}${name ? ` ${name}` : ''}${detail}`;
  }
  return message
    ? `waits for a node${detail}`
    : pod.reason ?? 'waits for the scheduler';
}

function podReason(
  pod: PodView,
  claims: KubePersistentVolumeClaim[],
): string | undefined {
  if (pod.state === 'Waiting') {
    return waitingReason(pod, claims);
  }
  const detail = pod.message ? `: ${pod.message}` : '';
  return pod.reason && `${pod.reason}${detail}`;
}

function worst(pods: PodView[]): PodView | undefined {
  const order: ModelState[] = ['Failing', 'Degraded', 'Waiting', 'Starting'];
  return order
    .map(state => pods.find(pod => pod.state === state))
    .find(pod => pod !== undefined);
}

function withoutPods({ status }: KubeDeployment): DeploymentState {
  const failure = status?.conditions?.find(
    ({ type, status: value }) => type === 'ReplicaFailure' && value === 'True',
  );
  return failure
    ? {
        state: 'Failing',
        reason: `${failure.reason ?? 'FailedCreate'}: ${failure.message ?? ''}`,
      }
    : { state: 'Starting', reason: 'no pod has been created yet' };
}

/** An apply takes a second or two from the inventory to the Deployment. */
const APPLY_MILLIS = 30_000;

/** What an inventory without its Deployment means: an apply under way, or one to do again. */
export function missingDeploymentState(
  appliedAt: string | undefined,
  now: Date,
): DeploymentState {
  return appliedAt && now.getTime() - Date.parse(appliedAt) < APPLY_MILLIS
    ? { state: 'Starting', reason: 'is being applied' }
    : { state: 'Failing', reason: 'its Deployment is not there' };
}

/** Judges a Deployment by its counts and its pods. */
export function deploymentState(
  deployment: KubeDeployment,
  pods: PodView[],
  claims: KubePersistentVolumeClaim[],
): DeploymentState {
  const desired = deployment.spec?.replicas ?? 1;
  const { readyReplicas = 0, updatedReplicas = 0 } = deployment.status ?? {};
  const leaving = pods.filter(({ reason }) => reason === 'Terminating');
  const live = pods.filter(
    pod => !leaving.includes(pod) && pod.state !== 'Stopped',
  );
  if (desired === 0) {
    return leaving.length > 0
      ? { state: 'Stopped', reason: `${leaving.length} pod(s) still ending` }
      : { state: 'Stopped' };
  }
  if (readyReplicas >= desired && updatedReplicas >= desired) {
    return { state: 'Ready' };
  }
  const bad = worst(live);
  const reason = bad && podReason(bad, claims);
  if (readyReplicas > 0) {
    return {
      state: 'Degraded',
      reason: reason ?? `${readyReplicas} of ${desired} replicas are ready`,
    };
  }
  if (!bad) {
    return live.length === 0 && leaving.length === 0
      ? withoutPods(deployment)
      : {
          state: live.some(pod => pod.state === 'Unknown')
            ? 'Unknown'
            : 'Starting',
        };
  }
  // Running, once ready, and now refusing: with no other replica that is a failure.
  return {
    state: bad.state === 'Degraded' ? 'Failing' : bad.state,
    reason,
  };
}
