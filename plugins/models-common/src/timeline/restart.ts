import { isoTime, type KubePod } from '../kube';

/** When the start of a restarted container began; `undefined` for a pod's first start. */
export function restartedAt(pod: KubePod | undefined): string | undefined {
  const status = pod?.status?.containerStatuses?.[0];
  if (!status || status.restartCount === 0) {
    return undefined;
  }
  const { running, terminated } = status.state ?? {};
  const last = status.lastState?.terminated;
  if (running) {
    return isoTime(last?.finishedAt) ?? isoTime(running.startedAt);
  }
  // Between two starts the log still is that of the one that ended.
  return isoTime((terminated ?? last)?.startedAt);
}
