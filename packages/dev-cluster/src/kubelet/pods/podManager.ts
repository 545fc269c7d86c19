import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { KubernetesObject, V1Pod } from '@kubernetes/client-node';
import { Store } from '../api';
import { errorMessage } from '../errors';
import { isPodAddress } from './addresses';
import { PodContext } from './context';
import { PodWorker, createPodWorker } from './podWorker';

/** @public */
export interface PodManager {
  worker(namespace: string, name: string): PodWorker | undefined;
  workers(): PodWorker[];
  /** Looks again at the pods of nodes that have come or gone. */
  nodesChanged(): void;
  stop(): Promise<void>;
}

/** Ctrl-C must not take as long as a pod's grace period may. */
const MAX_SHUTDOWN_GRACE_MS = 10_000;

/** Runs a worker for each pod that is bound to one of the agent's nodes. */
export function startPodManager(
  context: PodContext,
  pods: Store<V1Pod>,
): PodManager {
  const workers = new Map<string, PodWorker>();
  let stopping = false;

  const find = (namespace: string | undefined, name: string | undefined) =>
    [...workers.values()].find(worker => {
      const { metadata } = worker.pod();
      return metadata?.namespace === namespace && metadata?.name === name;
    });

  removeStale(context, pods);

  const handle = (pod: V1Pod, gone: boolean) => {
    const uid = pod.metadata?.uid;
    if (!uid || stopping) {
      return;
    }
    const worker = workers.get(uid);
    if (gone) {
      worker?.gone();
      return;
    }
    if (worker) {
      worker.update(pod);
      return;
    }
    const node = context.node(pod.spec?.nodeName ?? '');
    if (!node) {
      return;
    }
    // While the watch was interrupted, a pod of the same name may have gone.
    find(pod.metadata?.namespace, pod.metadata?.name)?.gone();
    try {
      workers.set(
        uid,
        createPodWorker(context, pod, node, () => workers.delete(uid)),
      );
    } catch (error) {
      context.logger(
        `pod ${pod.metadata?.namespace}/${pod.metadata?.name}: ${errorMessage(
          error,
        )}`,
      );
    }
  };
  // The addresses in use are taken first, before any new one is given out.
  const hasAddress = (pod: V1Pod) =>
    Number(isPodAddress(pod.status?.podIP ?? ''));
  const all = [...pods.list()].sort((a, b) => hasAddress(b) - hasAddress(a));
  all.forEach(pod => handle(pod, false));
  pods.onChange(handle);

  const onReference = (object: KubernetesObject) => {
    for (const worker of workers.values()) {
      const pod = worker.pod();
      if (
        pod.metadata?.namespace === object.metadata?.namespace &&
        mentions(pod, object.metadata?.name ?? '')
      ) {
        worker.referencesChanged();
      }
    }
  };
  context.configMaps.onChange(onReference);
  context.secrets.onChange(onReference);
  context.claims.onChange(onReference);

  return {
    worker: find,
    workers: () => [...workers.values()],
    nodesChanged: () => pods.list().forEach(pod => handle(pod, false)),
    async stop() {
      stopping = true;
      await Promise.all(
        [...workers.values()].map(w => w.shutDown(MAX_SHUTDOWN_GRACE_MS)),
      );
    },
  };
}

/** Whether a pod's spec names an object anywhere. */
function mentions(pod: V1Pod, name: string): boolean {
  return name !== '' && JSON.stringify(pod.spec).includes(JSON.stringify(name));
}

/** Directories of pods that went while no agent was there. */
function removeStale(context: PodContext, pods: Store<V1Pod>): void {
  const root = path.join(context.dir, 'pods');
  const known = new Set(pods.list().map(pod => pod.metadata?.uid));
  let entries: string[];
  try {
    entries = readdirSync(root);
  } catch {
    return;
  }
  entries
    .filter(entry => !known.has(entry))
    .forEach(entry =>
      rmSync(path.join(root, entry), { recursive: true, force: true }),
    );
}
