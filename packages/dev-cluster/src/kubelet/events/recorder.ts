import { ApiClient, corePath, nowSeconds } from '../api';
import { errorMessage } from '../errors';

/** What an event is about. @public */
export interface EventSubject {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  /** `spec.containers{name}` for an event about one container. */
  fieldPath?: string;
}

/** @public */
export interface EventSource {
  component: string;
  host?: string;
}

/** @public */
export interface EventRecorder {
  record(
    subject: EventSubject,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    source: EventSource,
  ): void;
  /** Resolves when what was recorded has been sent. */
  flush(): Promise<void>;
}

interface Sent {
  namespace: string;
  name: string;
  count: number;
  at: number;
}

/** The apiserver refuses longer messages. */
const MAX_MESSAGE = 1024;
const MAX_REMEMBERED = 2_000;
/** An event that repeats is one object with a count, as the kubelet's are. */
const AGGREGATE_MS = 10 * 60_000;
const MAX_QUEUE = 500;

/**
 * Writes events one after the other, and counts repetitions on the first one.
 * An event that can't be written is dropped: nothing waits for it.
 *
 * @public
 */
export function createEventRecorder(
  api: ApiClient,
  logger: (line: string) => void,
): EventRecorder {
  const sent = new Map<string, Sent>();
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;
  let sequence = Date.now() * 1000;

  const write = async (
    subject: EventSubject,
    type: string,
    reason: string,
    message: string,
    source: EventSource,
    now: Date,
  ) => {
    const namespace = subject.namespace ?? 'default';
    const { resourceVersion, ...identity } = subject;
    const key = JSON.stringify([identity, type, reason, message, source]);
    const previous = sent.get(key);
    if (previous && now.getTime() - previous.at < AGGREGATE_MS) {
      try {
        await api.patch(
          corePath('events', previous.namespace, previous.name),
          { count: previous.count + 1, lastTimestamp: now },
          'merge',
        );
        previous.count += 1;
        previous.at = now.getTime();
        return;
      } catch {
        // It has expired: begin a new one.
        sent.delete(key);
      }
    }
    sequence += 1;
    const name = `${subject.name}.${sequence.toString(16)}`;
    await api.create(corePath('events', namespace), {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      involvedObject: { ...identity, resourceVersion },
      type,
      reason,
      message,
      source,
      reportingComponent: source.component,
      reportingInstance: source.host ?? '',
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
    });
    sent.set(key, { namespace, name, count: 1, at: now.getTime() });
    if (sent.size > MAX_REMEMBERED) {
      const [oldest] = sent.keys();
      sent.delete(oldest);
    }
  };

  return {
    record(subject, type, reason, message, source) {
      if (waiting >= MAX_QUEUE) {
        return;
      }
      waiting += 1;
      const text = message.slice(0, MAX_MESSAGE);
      const now = nowSeconds();
      queue = queue
        .then(() => write(subject, type, reason, text, source, now))
        .catch(error => logger(`event ${reason}: ${errorMessage(error)}`))
        .finally(() => {
          waiting -= 1;
        });
    },
    flush: () => queue,
  };
}
