import { isoTime, nodeState, schedulerMessage, type KubeEvent } from '../kube';
import { eventView } from '../deployments/views';
import type { TimelineFacts } from './compute';
import { firstSeen } from './ownEvents';
import type { StartPhase } from './types';

/** What Kubernetes' objects say about one phase; times and status where known. */
export type Finding = Omit<StartPhase, 'id' | 'status'> & {
  status?: StartPhase['status'];
};

function findEvent(
  events: KubeEvent[] | undefined,
  reason: RegExp,
): KubeEvent | undefined {
  return events?.filter(event => reason.test(event.reason ?? '')).pop();
}

/** The first time: a restarted container finds the image on the node and says so again. */
function findFirst(
  events: KubeEvent[] | undefined,
  reason: RegExp,
): KubeEvent | undefined {
  return events
    ?.filter(event => reason.test(event.reason ?? ''))
    .sort((a, b) => firstSeen(a).localeCompare(firstSeen(b)))[0];
}

/** A node has taken the pod. */
export function scheduled({ pod, events }: TimelineFacts): Finding {
  const startedAt = isoTime(pod?.metadata?.creationTimestamp);
  if (pod?.spec?.nodeName) {
    const condition = pod.status?.conditions?.find(
      ({ type }) => type === 'PodScheduled',
    );
    return {
      status: 'done',
      startedAt,
      finishedAt: isoTime(condition?.lastTransitionTime),
      evidence: `on node ${pod.spec.nodeName}`,
    };
  }
  const scaleUp = findEvent(events, /^(TriggeredScaleUp|Nominated)$/);
  const message = pod && schedulerMessage(pod);
  return {
    startedAt,
    evidence:
      [message, scaleUp?.message].filter(Boolean).join(' · ') || undefined,
  };
}

/** The node answers; only a node that joined for this pod has times. */
export function nodeReady({ pod, node }: TimelineFacts): Finding {
  if (!pod?.spec?.nodeName || !node) {
    return {};
  }
  const name = node.metadata?.name;
  const state = nodeState(node);
  if (state === 'not-ready' || state === 'joining') {
    return { evidence: `node ${name} is ${state}` };
  }
  const created = isoTime(node.metadata?.creationTimestamp);
  const podCreated = isoTime(pod.metadata?.creationTimestamp);
  const joinedForIt =
    created !== undefined && podCreated !== undefined && created > podCreated;
  const heartbeat = node.status?.conditions?.find(
    ({ type }) => type === 'Ready',
  );
  return {
    status: 'done',
    ...(joinedForIt
      ? {
          startedAt: created,
          finishedAt: isoTime(heartbeat?.lastTransitionTime),
        }
      : {}),
    evidence: joinedForIt ? `node ${name} joined for it` : `node ${name}`,
  };
}

/** The claim is bound. */
export function volumeBound({ pvc, events }: TimelineFacts): Finding {
  if (!pvc) {
    return {};
  }
  const name = pvc.metadata?.name;
  if (pvc.status?.phase === 'Bound') {
    const done = findEvent(events, /^ProvisioningSucceeded$/);
    return {
      status: 'done',
      finishedAt: done && eventView(done).lastSeen,
      evidence: `${name} is bound to ${pvc.spec?.volumeName ?? 'a volume'}`,
    };
  }
  const failed = findEvent(events, /^ProvisioningFailed$/);
  return {
    status: failed ? 'failed' : undefined,
    evidence:
      failed?.message ?? `${name} is ${pvc.status?.phase ?? 'not bound yet'}`,
  };
}

/** The image is on the node. */
export function imagePulled({ pod, events }: TimelineFacts): Finding {
  const status = pod?.status?.containerStatuses?.[0];
  const pulling = findFirst(events, /^Pulling$/);
  const pulled = findFirst(events, /^Pulled$/);
  const startedAt = pulling && firstSeen(pulling);
  const ran =
    status?.state?.running ||
    status?.state?.terminated ||
    (status?.restartCount ?? 0) > 0;
  if (pulled || ran) {
    return {
      status: 'done',
      startedAt,
      finishedAt: pulled && firstSeen(pulled),
      evidence: pulled?.message ?? status?.image,
    };
  }
  const waiting = status?.state?.waiting;
  const failed = /Image/.test(waiting?.reason ?? '');
  return {
    status: failed ? 'failed' : undefined,
    startedAt,
    evidence: failed
      ? `${waiting?.reason}: ${waiting?.message ?? ''}`
      : pulling?.message,
  };
}

/** The pod's Ready condition. */
export function ready({ pod }: TimelineFacts): Finding {
  const condition = pod?.status?.conditions?.find(
    ({ type }) => type === 'Ready',
  );
  return condition?.status === 'True'
    ? {
        status: 'done',
        finishedAt: isoTime(condition.lastTransitionTime),
        evidence: 'the readiness probe passes',
      }
    : {};
}
