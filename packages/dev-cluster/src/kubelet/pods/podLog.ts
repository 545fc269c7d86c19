import path from 'node:path';
import { V1ContainerStatus } from '@kubernetes/client-node';
import { ContainerLog } from '../logs';

/** A run's log: its file, and its writer while it runs. @public */
export type PodLog = { file: string; live?: ContainerLog } | { error: string };

/**
 * Finds the log that `kubectl logs` asks for, or says in the kubelet's words
 * why there is none. While a container waits for its next run, the last one is
 * the one to read.
 *
 * @public
 */
export function findPodLog(options: {
  pod: { name: string; namespace: string };
  logsDir: string;
  container: string;
  previous: boolean;
  /** The container as the pod's status shows it. */
  shown: V1ContainerStatus | undefined;
  live: ContainerLog | undefined;
}): PodLog {
  const { pod, container, previous, shown, live } = options;
  if (!shown) {
    return {
      error: `container ${container} not found in pod ${pod.name}_${pod.namespace}`,
    };
  }
  const { running, terminated, waiting } = shown.state ?? {};
  const ran = running ?? terminated;
  const lastEnded = shown.lastState?.terminated;
  const file = (run: number) =>
    path.join(options.logsDir, container, `${run}.log`);
  if (previous) {
    const run = ran ? shown.restartCount - 1 : shown.restartCount;
    return lastEnded && run >= 0
      ? { file: file(run) }
      : {
          error: `previous terminated container "${container}" in pod "${pod.name}" not found`,
        };
  }
  if (!ran && !lastEnded) {
    return {
      error: `container "${container}" in pod "${pod.name}" is waiting to start: ${waiting?.reason}`,
    };
  }
  return { file: file(shown.restartCount), live };
}
