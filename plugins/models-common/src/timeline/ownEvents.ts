import { eventView } from '../deployments/views';
import { isoTime, type KubeEvent } from '../kube';
import type { TimelineFacts } from './compute';

/** When it first happened; Kubernetes counts repetitions on the same event. */
export function firstSeen(event: KubeEvent): string {
  return (
    isoTime(event.firstTimestamp) ??
    isoTime(event.eventTime) ??
    eventView(event).lastSeen
  );
}

/** Events of the pod and its claim, the latest last. */
export function ownEvents({ pod, pvc, events }: TimelineFacts): KubeEvent[] {
  const names: Record<string, string | undefined> = {
    Pod: pod?.metadata?.name,
    PersistentVolumeClaim: pvc?.metadata?.name,
  };
  return (events ?? [])
    .filter(({ involvedObject }) => {
      const name = names[involvedObject?.kind ?? ''];
      return name !== undefined && name === involvedObject?.name;
    })
    .sort((a, b) => eventView(a).lastSeen.localeCompare(eventView(b).lastSeen));
}
