import { V1Pod } from '@kubernetes/client-node';
import { Store } from '../api';
import { errorMessage } from '../errors';
import { EventRecorder } from '../events';
import { NodeSpec } from './definitions';
import { NodeManager } from './nodeManager';
import { isIdle, isUnschedulable, wouldFit } from './scaling';

/** @public */
export interface AutoscalerOptions {
  nodes: NodeManager;
  /** Nodes that may join. */
  onDemand: readonly NodeSpec[];
  /** Size of their group without them. */
  baseSize: number;
  pods: Store<V1Pod>;
  events: EventRecorder;
  joinDelayMs?: number;
  idleMs?: number;
  logger(line: string): void;
}

const JOIN_DELAY_MS = 5_000;
const IDLE_MS = 2 * 60_000;

/**
 * Lets a GPU node join some seconds after a pod has found no room, and leave
 * when it has had nothing to do for a while, as the node group would.
 *
 * @public
 */
export function startAutoscaler(options: AutoscalerOptions): {
  stop(): void;
} {
  const { nodes, onDemand, baseSize, pods, events, logger } = options;
  const joining = new Map<string, NodeJS.Timeout>();
  const leaving = new Map<string, NodeJS.Timeout>();
  const told = new Set<string>();
  let stopped = false;

  const tell = (pod: V1Pod, type: 'Normal', reason: string, text: string) => {
    const { name = '', namespace, uid } = pod.metadata ?? {};
    const key = `${uid} ${reason}`;
    if (told.has(key)) {
      return;
    }
    told.add(key);
    events.record(
      { apiVersion: 'v1', kind: 'Pod', name, namespace, uid },
      type,
      reason,
      text,
      { component: 'cluster-autoscaler' },
    );
  };

  const joined = () => onDemand.filter(spec => nodes.get(spec.name));

  const considerJoin = () => {
    const pending = pods.list().filter(isUnschedulable);
    const uids = new Set(pending.map(pod => pod.metadata?.uid));
    for (const key of told) {
      if (!uids.has(key.split(' ')[0])) {
        told.delete(key);
      }
    }
    const size = baseSize + joined().length;
    const max = baseSize + onDemand.length;
    for (const pod of pending) {
      const fitting = onDemand.filter(spec => wouldFit(pod, spec));
      // One that is free already will be found by the scheduler.
      const free = fitting.some(
        spec => nodes.get(spec.name) && isIdle(spec, pods.list()),
      );
      if (fitting.length === 0 || free) {
        continue;
      }
      const next = fitting.find(
        spec => !nodes.get(spec.name) && !joining.has(spec.name),
      );
      if (!next) {
        if (joining.size === 0) {
          tell(
            pod,
            'Normal',
            'NotTriggerScaleUp',
            "pod didn't trigger scale-up: 1 max node group size reached",
          );
        }
        continue;
      }
      tell(
        pod,
        'Normal',
        'TriggeredScaleUp',
        `pod triggered scale-up: [{gpu ${size}->${size + 1} (max: ${max})}]`,
      );
      const timer = setTimeout(() => {
        logger(`node ${next.name} joins`);
        nodes
          .join(next)
          .catch(error => logger(`join: ${errorMessage(error)}`))
          .finally(() => joining.delete(next.name));
      }, options.joinDelayMs ?? JOIN_DELAY_MS);
      joining.set(next.name, timer);
    }
  };

  const considerLeave = () => {
    for (const spec of joined()) {
      const idle = isIdle(spec, pods.list());
      const timer = leaving.get(spec.name);
      if (!idle) {
        clearTimeout(timer);
        leaving.delete(spec.name);
      } else if (!timer) {
        leaving.set(
          spec.name,
          setTimeout(() => {
            leaving.delete(spec.name);
            if (isIdle(spec, pods.list())) {
              logger(`node ${spec.name} leaves: it has been idle`);
              nodes
                .leave(spec)
                .catch(error => logger(`leave: ${errorMessage(error)}`));
            }
          }, options.idleMs ?? IDLE_MS),
        );
      }
    }
  };

  const consider = () => {
    if (!stopped) {
      considerJoin();
      considerLeave();
    }
  };
  pods.onChange(consider);
  consider();

  return {
    stop() {
      stopped = true;
      joining.forEach(timer => clearTimeout(timer));
      leaving.forEach(timer => clearTimeout(timer));
    },
  };
}
