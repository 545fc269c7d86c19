import type { KubePod } from '@llm-platform/plugin-models-common';
import type { ClusterCache } from '../watch';

/** vLLM's whole start takes some 30 KiB; what follows is requests, which tell nothing about the start. */
const HEAD_BYTES = 128 * 1024;
const TAIL_LINES = 200;
const TIMEOUT_MS = 3_000;
/** While a model starts, the page asks again after each change. */
const STARTING_TTL_MS = 1_500;
const READY_TTL_MS = 60_000;
const MAX_ENTRIES = 500;

interface Snapshot {
  expires: number;
  lines: Promise<string[] | undefined>;
}

/**
 * The lines with which containers began (and, where that is long, the newest): what timeline and diagnosis read. Kept
 * for a moment, so that many open pages cause one request.
 */
export class LogSnapshots {
  readonly #snapshots = new Map<string, Snapshot>();

  static create(): LogSnapshots {
    return new LogSnapshots();
  }

  private constructor() {}

  /** Timestamped lines of the pod's first container; `undefined` when there is no log (yet). */
  async read(
    cluster: ClusterCache,
    pod: KubePod,
  ): Promise<string[] | undefined> {
    const status = pod.status?.containerStatuses?.[0];
    const hasStarted =
      status?.state?.running ?? status?.state?.terminated ?? status?.lastState;
    if (!status || !hasStarted) {
      return undefined;
    }
    // A container that waits for its restart has no log of its own yet: what it died of is in the previous one.
    const previous =
      status.restartCount > 0 && status.state?.waiting !== undefined;
    const key = [
      cluster.cluster.name,
      pod.metadata?.uid,
      status.name,
      status.restartCount,
      previous,
      status.ready,
    ].join('/');
    const now = Date.now();
    const known = this.#snapshots.get(key);
    if (known && known.expires > now) {
      return known.lines;
    }
    this.#forgetExpired(now);
    const lines = this.#fetch(cluster, pod, status.name, previous).catch(
      () => undefined,
    );
    this.#snapshots.set(key, {
      expires: now + (status.ready ? READY_TTL_MS : STARTING_TTL_MS),
      lines,
    });
    return lines;
  }

  async #fetch(
    cluster: ClusterCache,
    pod: KubePod,
    container: string,
    previous: boolean,
  ): Promise<string[]> {
    const { namespace = '', name = '' } = pod.metadata ?? {};
    const query = { container, previous, timestamps: true };
    const head = await readAll(cluster, namespace, name, {
      ...query,
      limitBytes: HEAD_BYTES,
    });
    if (Buffer.byteLength(head) < HEAD_BYTES) {
      return toLines(head);
    }
    const tail = await readAll(cluster, namespace, name, {
      ...query,
      tailLines: TAIL_LINES,
      limitBytes: HEAD_BYTES,
    });
    return [...toLines(head), ...toLines(tail)];
  }

  #forgetExpired(now: number): void {
    if (this.#snapshots.size < MAX_ENTRIES) {
      return;
    }
    for (const [key, snapshot] of this.#snapshots) {
      if (snapshot.expires <= now) {
        this.#snapshots.delete(key);
      }
    }
  }
}

async function readAll(
  cluster: ClusterCache,
  namespace: string,
  pod: string,
  query: Record<string, string | number | boolean>,
): Promise<string> {
  const body = await cluster.client.stream({
    path: `/api/v1/namespaces/${namespace}/pods/${pod}/log`,
    query,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const chunks: Buffer[] = [];
  for await (const chunk of body) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function toLines(text: string): string[] {
  return text.split('\n').filter(line => line !== '');
}
