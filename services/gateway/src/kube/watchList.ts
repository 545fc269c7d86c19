import {
  Watch,
  type KubeConfig,
  type KubernetesListObject,
  type KubernetesObject,
} from '@kubernetes/client-node';

/** @public */
export interface Selectors {
  labelSelector?: string;
  fieldSelector?: string;
}

/** @public */
export interface WatchListOptions<T extends KubernetesObject>
  extends Selectors {
  kubeConfig: KubeConfig;
  /** For messages. */
  name: string;
  /** API path of the collection. */
  path: string;
  list(selectors: Selectors): Promise<KubernetesListObject<T>>;
  /** All items, after the first list and after every change. */
  onItems(items: T[]): void;
  onProblem(message: string): void;
}

/** @public */
export interface WatchedList {
  stop(): Promise<void>;
}

const LIST_TIMEOUT_MS = 20_000;
/** The server ends a watch after this time; a client may wait a little longer. */
const WATCH_SECONDS = 290;
const WATCH_GIVE_UP_MS = (WATCH_SECONDS + 30) * 1000;
const BACK_OFF_MS = [250, 500, 1000, 2000, 5000];

class Gone extends Error {}

function describe(error: unknown): string {
  const { statusCode, code, message } = error as {
    statusCode?: number;
    code?: number | string;
    message?: string;
  };
  // The client puts whole responses into messages; the first line is enough.
  const text = String(message ?? error)
    .split('\n')[0]
    .slice(0, 200);
  const status = statusCode ?? code;
  return status === undefined ? text : `${status} ${text}`;
}

function inTime<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout;
  return Promise.race([
    promise,
    new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Error(`${what} did not answer within ${ms} ms`)),
        ms,
      );
    }),
  ]).finally(() => clearTimeout(timer));
}

/**
 * Keeps a collection by list-watch for as long as the process lives: it
 * resumes a watch that the server ended, lists again when the version is gone,
 * and backs off while the API server is away. What was read last stays valid
 * meanwhile.
 *
 * @public
 */
export function watchList<T extends KubernetesObject>(
  options: WatchListOptions<T>,
): WatchedList {
  const { kubeConfig, name, path, labelSelector, fieldSelector } = options;
  const selectors: Selectors = {
    ...(labelSelector && { labelSelector }),
    ...(fieldSelector && { fieldSelector }),
  };
  const items = new Map<string, T>();
  const stopping = new AbortController();
  let publishing = false;

  function keyOf(object: KubernetesObject) {
    return `${object.metadata?.namespace ?? ''}/${object.metadata?.name ?? ''}`;
  }

  /** Several events that arrive together are one change. */
  function publish() {
    if (publishing) {
      return;
    }
    publishing = true;
    setImmediate(() => {
      publishing = false;
      if (!stopping.signal.aborted) {
        options.onItems([...items.values()]);
      }
    });
  }

  async function listOnce(): Promise<string> {
    const list = await inTime(
      options.list(selectors),
      LIST_TIMEOUT_MS,
      `listing ${name}`,
    );
    items.clear();
    for (const item of list.items) {
      items.set(keyOf(item), item);
    }
    publish();
    return list.metadata?.resourceVersion ?? '';
  }

  /** Resolves with the last version seen when the server ends the watch. */
  function watchOnce(from: string): Promise<string> {
    return new Promise<string>((resolve, reject) => {
      let version = from;
      let request: AbortController | undefined;
      let finished = false;
      const giveUp = setTimeout(() => finish(), WATCH_GIVE_UP_MS);
      const onStop = () => finish(new Error('stopped'));
      stopping.signal.addEventListener('abort', onStop);

      function finish(error?: unknown) {
        // Aborting reports an error of its own, which isn't the reason.
        if (finished) {
          return;
        }
        finished = true;
        clearTimeout(giveUp);
        stopping.signal.removeEventListener('abort', onStop);
        request?.abort();
        if (error) {
          reject(error);
        } else {
          resolve(version);
        }
      }

      function onEvent(type: string, object: T & { code?: number }) {
        if (type === 'ERROR') {
          finish(
            object.code === 410
              ? new Gone()
              : new Error(`watch error ${object.code}`),
          );
          return;
        }
        version = object.metadata?.resourceVersion ?? version;
        if (type === 'ADDED' || type === 'MODIFIED') {
          items.set(keyOf(object), object);
          publish();
        } else if (type === 'DELETED') {
          items.delete(keyOf(object));
          publish();
        }
      }

      new Watch(kubeConfig)
        .watch(
          path,
          {
            ...selectors,
            resourceVersion: from,
            allowWatchBookmarks: true,
            timeoutSeconds: WATCH_SECONDS,
          },
          onEvent,
          error => finish(error),
        )
        .then(controller => {
          request = controller;
          if (finished) {
            controller.abort();
          }
        }, finish);
    });
  }

  async function run() {
    let failures = 0;
    let version: string | undefined;
    while (!stopping.signal.aborted) {
      const startedAt = Date.now();
      try {
        version ??= await listOnce();
        version = await watchOnce(version);
        if (failures > 0 || Date.now() - startedAt < 1000) {
          // A server that ends watches at once isn't hammered.
          await pause(BACK_OFF_MS[0]);
        }
        failures = 0;
      } catch (error) {
        version = undefined;
        if (stopping.signal.aborted) {
          return;
        }
        if (error instanceof Gone) {
          continue;
        }
        if (failures === 0 || failures % 20 === 0) {
          options.onProblem(`watching ${name}: ${describe(error)}; retrying`);
        }
        await pause(BACK_OFF_MS[Math.min(failures, BACK_OFF_MS.length - 1)]);
        failures += 1;
      }
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        stopping.signal.removeEventListener('abort', done);
        resolve();
      }
      stopping.signal.addEventListener('abort', done);
    });
  }

  const running = run();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
