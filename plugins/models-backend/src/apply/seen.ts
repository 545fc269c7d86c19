import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveObject } from '../objects';
import type { ClusterCache, WatchedPlural } from '../watch';

const POLL_MS = 25;
const MAX_WAIT_MS = 2_000;
const WATCHED: Record<string, WatchedPlural> = {
  ConfigMap: 'configmaps',
  Deployment: 'deployments',
};

/**
 * Waits until the watches have what was written, so that who reads next doesn't see the state before it ("Ready", of
 * the previous revision). Not for long: a watch that hangs must not hold up a write that is done.
 */
export async function waitUntilSeen(
  cluster: ClusterCache,
  objects: LiveObject[],
): Promise<void> {
  const deadline = Date.now() + MAX_WAIT_MS;
  while (!objects.every(isSeen) && Date.now() < deadline) {
    await sleep(POLL_MS);
  }

  function isSeen(object: LiveObject): boolean {
    const plural = WATCHED[object.kind];
    if (!plural) {
      return true;
    }
    const { name, namespace, resourceVersion } = object.metadata;
    const cached = cluster.get(plural, name, namespace);
    return Number(cached?.metadata.resourceVersion) >= Number(resourceVersion);
  }
}
