import { toError } from '@backstage/errors';
import {
  KubernetesApiError,
  KubernetesClient,
} from '@llm-platform/plugin-models-node';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RawObject, WatchedResource } from './resources';
import { ObjectStore } from './store';

const PAGE_SIZE = 500;
const WATCH_SECONDS = 240;
/** The server ends a watch by itself after WATCH_SECONDS; one that is still open well after that is a dead connection. */
const WATCH_GRACE_MS = 20_000;
const MIN_BACKOFF_MS = 250;
const MAX_BACKOFF_MS = 5_000;

/** Whether the objects of one type can be read, as last tried. */
export type ReflectorHealth =
  | { state: 'pending' }
  | { state: 'synced' }
  /** The API server answers, but not to the portal's account. */
  | { state: 'denied'; message: string }
  | { state: 'failing'; message: string };

interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  object: RawObject & { code?: number; message?: string };
}

export interface ReflectorOptions {
  client: KubernetesClient;
  resource: WatchedResource;
  store: ObjectStore;
  onChange(): void;
  onHealth(health: ReflectorHealth): void;
}

/**
 * Keeps a store equal to one type of objects on a cluster: lists, then watches from there, and starts over when the
 * connection or the server's history (410) is gone. Runs until the signal aborts and never throws.
 */
export class Reflector {
  readonly #options: ReflectorOptions;
  #interrupt = new AbortController();

  static create(options: ReflectorOptions): Reflector {
    return new Reflector(options);
  }

  private constructor(options: ReflectorOptions) {
    this.#options = options;
  }

  /** Ends the current connection; the next one begins with a list. */
  restart(): void {
    this.#interrupt.abort(new Error('restarted'));
  }

  async run(signal: AbortSignal): Promise<void> {
    let version: string | undefined;
    let backoff = MIN_BACKOFF_MS;
    while (!signal.aborted) {
      this.#interrupt = new AbortController();
      const connection = AbortSignal.any([signal, this.#interrupt.signal]);
      try {
        version ??= await this.#list(connection);
        this.#options.onHealth({ state: 'synced' });
        version = await this.#watch(version, connection);
        backoff = MIN_BACKOFF_MS;
        // Something in between that ends every watch at once must not make this a busy loop.
        await pause(MIN_BACKOFF_MS, signal);
      } catch (error) {
        if (signal.aborted) {
          return;
        }
        const expired = isExpired(error);
        // A listed version of before the failure may belong to a cluster that has been reset since: list again.
        version = undefined;
        if (!expired && !this.#interrupt.signal.aborted) {
          this.#options.onHealth(toHealth(error));
        }
        await pause(backoff, signal);
        backoff = expired
          ? MIN_BACKOFF_MS
          : Math.min(backoff * 2, MAX_BACKOFF_MS);
      }
    }
  }

  async #list(signal: AbortSignal): Promise<string> {
    const { client, resource, store, onChange } = this.#options;
    const objects: RawObject[] = [];
    let next: string | undefined;
    let version: string;
    do {
      const page: {
        items: RawObject[];
        metadata: { resourceVersion: string; continue?: string };
      } = await client.request({
        path: resource.path,
        query: {
          labelSelector: resource.labelSelector,
          limit: PAGE_SIZE,
          continue: next,
        },
        signal,
      });
      for (const item of page.items) {
        objects.push(this.#trim(item));
      }
      next = page.metadata.continue || undefined;
      version = page.metadata.resourceVersion;
    } while (next);
    if (store.replaceAll(objects)) {
      onChange();
    }
    return version;
  }

  /** Answers the version to go on from when the server ends the watch as asked. */
  async #watch(from: string, signal: AbortSignal): Promise<string> {
    const { client, resource, store, onChange } = this.#options;
    let version = from;
    const idle = AbortSignal.timeout(WATCH_SECONDS * 1000 + WATCH_GRACE_MS);
    const body = await client.stream({
      path: resource.path,
      query: {
        watch: true,
        allowWatchBookmarks: true,
        timeoutSeconds: WATCH_SECONDS,
        resourceVersion: version,
        labelSelector: resource.labelSelector,
      },
      signal: AbortSignal.any([signal, idle]),
    });
    // Without a listener an abort between two reads would be an uncaught error event of the stream.
    let failure: Error | undefined;
    body.on('error', error => {
      failure = error;
    });
    for await (const line of createInterface({ input: body })) {
      const event = JSON.parse(line) as WatchEvent;
      if (event.type === 'ERROR') {
        body.destroy();
        throw new KubernetesApiError(
          event.object.code ?? 500,
          event.object.message ?? 'the watch failed',
        );
      }
      version = event.object.metadata.resourceVersion ?? version;
      if (event.type === 'DELETED') {
        store.delete(event.object);
        onChange();
      } else if (event.type !== 'BOOKMARK') {
        store.set(this.#trim(event.object));
        onChange();
      }
    }
    if (failure || signal.aborted) {
      throw failure ?? toError(signal.reason);
    }
    return version;
  }

  #trim(object: RawObject): RawObject {
    const { resource } = this.#options;
    // Lists leave the type of their items out.
    return {
      apiVersion: resource.apiVersion,
      kind: resource.kind,
      ...resource.trim(object),
    };
  }
}

function isExpired(error: unknown): boolean {
  return KubernetesApiError.isInstance(error) && error.statusCode === 410;
}

function toHealth(error: unknown): ReflectorHealth {
  const message = toError(error).message;
  if (
    KubernetesApiError.isInstance(error) &&
    (error.statusCode === 403 || error.statusCode === 404)
  ) {
    return { state: 'denied', message };
  }
  return { state: 'failing', message };
}

/** Jitter keeps a dozen watches from knocking at a recovering API server at the same moment. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms * (0.75 + Math.random() / 2), undefined, { signal }).catch(
    () => undefined,
  );
}
