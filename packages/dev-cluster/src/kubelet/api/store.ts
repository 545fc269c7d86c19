import {
  KubernetesListObject,
  KubernetesObject,
  ListWatch,
  Watch,
} from '@kubernetes/client-node';
import { ApiClient } from './client';

/** Every object of one kind, kept current by a list-watch. @public */
export interface Store<T extends KubernetesObject> {
  list(): readonly T[];
  get(name: string, namespace?: string): T | undefined;
  /** Called for each object that came, changed or went. */
  onChange(listener: (object: T, gone: boolean) => void): void;
  stop(): void;
}

const RETRY_MS = 1_000;

/**
 * Lists and watches one kind, and starts again whenever the connection to the
 * apiserver is lost. Resolves after the first list.
 *
 * @public
 */
export async function startStore<T extends KubernetesObject>(
  api: ApiClient,
  path: string,
  logger: (line: string) => void,
): Promise<Store<T>> {
  const listeners: Array<(object: T, gone: boolean) => void> = [];
  const notify = (gone: boolean) => (object: T) => {
    for (const listener of listeners) {
      try {
        listener(object, gone);
      } catch (error) {
        logger(`${path}: ${String(error)}`);
      }
    }
  };
  let listed: (() => void) | undefined;
  const firstList = new Promise<void>(resolve => {
    listed = resolve;
  });
  const informer = new ListWatch<T>(
    path,
    new Watch(api.kubeConfig),
    async () => {
      const list = await api.get<KubernetesListObject<T>>(path);
      // The cache is filled right after this promise.
      setImmediate(() => listed?.());
      return list;
    },
    false,
  );
  informer.on('add', notify(false));
  informer.on('update', notify(false));
  informer.on('delete', notify(true));

  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const start = () => {
    informer.start().catch(onError);
  };
  function onError() {
    if (stopped || timer) {
      return;
    }
    timer = setTimeout(() => {
      timer = undefined;
      start();
    }, RETRY_MS);
  }
  informer.on('error', onError);
  start();
  await firstList;

  return {
    list: () => informer.list(),
    get: (name, namespace) => informer.get(name, namespace),
    onChange: listener => {
      listeners.push(listener);
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      informer.stop().catch(() => {});
    },
  };
}
