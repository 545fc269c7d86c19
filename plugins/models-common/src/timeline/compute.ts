import {
  isoTime,
  type KubeEvent,
  type KubeNode,
  type KubePersistentVolumeClaim,
  type KubePod,
} from '../kube';
import {
  imagePulled,
  nodeReady,
  ready,
  scheduled,
  volumeBound,
  type Finding,
} from './kubePhases';
import { logFindings } from './logPhases';
import { ownEvents } from './ownEvents';
import { restartedAt } from './restart';
import {
  START_PHASES,
  type StartPhase,
  type StartPhaseId,
  type StartTimeline,
} from './types';
import { lastError } from './vllmLog';

/** @public */
export interface TimelineFacts {
  /** The newest pod; undefined = none yet. */
  pod?: KubePod;
  pvc?: KubePersistentVolumeClaim;
  node?: KubeNode;
  /** Events, in any order; those of other objects than the pod and its claim don't count. */
  events?: KubeEvent[];
  /** Lines of the model's container, best with Kubernetes' timestamps (`timestamps=true`). */
  logLines?: string[];
}

/** Phases inside the container: only its log can tell about them. */
const LOG_PHASES: StartPhaseId[] = [
  'weights-downloaded',
  'weights-loaded',
  'compiled',
  'kv-cache-sized',
];

function findings(facts: TimelineFacts): Record<StartPhaseId, Finding> {
  const log = logFindings(facts);
  return {
    scheduled: scheduled(facts),
    'node-ready': nodeReady(facts),
    'volume-bound': volumeBound(facts),
    'image-pulled': imagePulled(facts),
    'weights-downloaded': log.downloaded,
    'weights-loaded': log.loaded,
    compiled: log.compiled,
    'kv-cache-sized': log.kvCache,
    ready: ready(facts),
  };
}

/** The error of a container that ended, or undefined while it may still get there. */
function failure(facts: TimelineFacts): string | undefined {
  const status = facts.pod?.status?.containerStatuses?.[0];
  const { waiting, terminated } = status?.state ?? {};
  const ended =
    waiting?.reason === 'CrashLoopBackOff' ||
    (terminated !== undefined && terminated.exitCode !== 0);
  if (!ended) {
    return undefined;
  }
  const code =
    terminated?.exitCode ?? status?.lastState?.terminated?.exitCode ?? 1;
  return lastError(facts.logLines ?? []) ?? `the container ended with ${code}`;
}

/** Status of a phase that comes before one that is done but has no evidence of its own. */
function implied(id: StartPhaseId): StartPhase['status'] {
  return LOG_PHASES.includes(id) ? 'unknown' : 'done';
}

function isOver(status: StartPhase['status'] | undefined): boolean {
  return status === 'done' || status === 'skipped';
}

/** Phases of a model's start; the first that is not over is where it is (or is stuck). @public */
export function computeStartTimeline(given: TimelineFacts): StartTimeline {
  const facts = { ...given, events: ownEvents(given) };
  const restarted = restartedAt(facts.pod);
  const found = findings(facts);
  const lastDone = START_PHASES.reduce(
    (last, id, index) => (isOver(found[id].status) ? index : last),
    -1,
  );
  const error = failure(facts);
  let current = true;
  let previousEnd: string | undefined;
  const phases = START_PHASES.map((id, index): StartPhase => {
    const finding = found[id];
    let status = finding.status;
    let evidence = finding.evidence;
    if (!isOver(status)) {
      if (index < lastDone) {
        status = implied(id);
      } else if (current && facts.pod) {
        status = status ?? (error === undefined ? 'running' : 'failed');
        evidence = error ?? evidence;
        current = false;
      } else {
        // With late binding a volume may fail before any node has taken the pod.
        status = status === 'failed' ? 'failed' : 'pending';
      }
    }
    if (id === LOG_PHASES[0] && restarted !== undefined) {
      // What comes before happened once; the container starts again from here.
      previousEnd = restarted;
    }
    const startedAt =
      finding.startedAt ?? (status === 'pending' ? undefined : previousEnd);
    previousEnd = finding.finishedAt ?? previousEnd;
    return {
      id,
      status: status ?? 'pending',
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(finding.finishedAt === undefined
        ? {}
        : { finishedAt: finding.finishedAt }),
      ...(evidence === undefined ? {} : { evidence }),
    };
  });
  return {
    pod: facts.pod?.metadata?.name,
    phases,
    startedAt: restarted ?? isoTime(facts.pod?.metadata?.creationTimestamp),
    readyAt: found.ready.finishedAt,
  };
}
