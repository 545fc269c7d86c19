import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  annotations,
  type DeleteResult,
  type Inventory,
  type ModelDeploymentRef,
  type OwnedSpec,
} from '@llm-platform/plugin-models-common';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  describeRef,
  refOf,
  type LiveObject,
  type ObjectApi,
  type ObjectRef,
} from '../objects';
import { clusterError } from './errors';
import { listMembers, memberKinds } from './inventory';

const POLL_MS = 400;
/** A pod's default grace period is 30 s. */
const MAX_WAIT_MS = 45_000;

export interface RemoveOptions<S extends OwnedSpec> {
  api: ObjectApi;
  inventory: Inventory<S>;
  deleteVolume: boolean;
  /**
   * Refuse unless this run made it, and keep a volume that is older: undoing a run must not take what
   * was there before it.
   */
  onlyIfCreatedBy?: string;
  signal: AbortSignal;
}

/**
 * Deletes what the inventory names, the parent last, and waits until it is gone. A run that is cut off leaves the
 * inventory, so that doing it again finishes it.
 */
export async function removeApplied<S extends OwnedSpec>(
  ref: ModelDeploymentRef,
  options: RemoveOptions<S>,
): Promise<DeleteResult> {
  const { api, inventory, deleteVolume } = options;
  const parentRef: ObjectRef = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    namespace: ref.namespace,
    name: inventory.parentName(ref.name),
  };
  try {
    const parent = await api.get(parentRef);
    if (options.onlyIfCreatedBy !== undefined) {
      requireCreatedBy(parent, options.onlyIfCreatedBy, ref, inventory);
    }
    const members = await membersOf(ref, parent, options);
    if (!parent && members.length === 0) {
      throw new NotFoundError(
        `There is no ${inventory.noun} '${ref.name}' in namespace '${ref.namespace}' on cluster '${ref.cluster}'`,
      );
    }
    const [kept, going] = partition(
      members,
      member =>
        member.kind === 'PersistentVolumeClaim' &&
        (!deleteVolume ||
          (options.onlyIfCreatedBy !== undefined && isOlder(member, parent))),
    );
    for (const member of going) {
      await api.delete(refOf(member), {
        uid: member.metadata.uid,
        foreground: true,
      });
    }
    const left = await waitUntilGone(going, options);
    if (parent) {
      await api.delete(parentRef, { uid: parent.metadata.uid });
    }
    return {
      deleted: [
        ...going.filter(member => !left.includes(member)),
        ...(parent ? [{ ...parent, ...parentRef }] : []),
      ].map(object => describeRef(refOf(object))),
      leftovers: [
        ...kept.map(member => `${describeRef(refOf(member))} (kept)`),
        ...left.map(
          member => `${describeRef(refOf(member))} (still terminating)`,
        ),
      ],
    };
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof ConflictError) {
      throw error;
    }
    throw clusterError(`'${ref.name}' could not be deleted`, error);
  }
}

/** A run makes the parent before its members: what is older was there before the run, a volume that was kept. */
function isOlder(member: LiveObject, parent: LiveObject | undefined): boolean {
  return createdAt(member) < createdAt(parent);
}

function createdAt(object: LiveObject | undefined): number {
  return new Date(object?.metadata.creationTimestamp ?? 0).getTime();
}

function requireCreatedBy<S extends OwnedSpec>(
  parent: LiveObject | undefined,
  runId: string,
  ref: ModelDeploymentRef,
  inventory: Inventory<S>,
): void {
  const revisions = parent ? inventory.readStored(parent).revisions : [];
  if (revisions.length !== 1 || revisions[0].runId !== runId) {
    throw new ConflictError(
      `The ${inventory.noun} '${ref.name}' was not made by run '${runId}'`,
    );
  }
}

async function membersOf<S extends OwnedSpec>(
  ref: ModelDeploymentRef,
  parent: LiveObject | undefined,
  options: { api: ObjectApi; inventory: Inventory<S> },
): Promise<LiveObject[]> {
  const { api, inventory } = options;
  const kinds = memberKinds({
    annotation:
      parent?.metadata.annotations?.[annotations.applySetContainsGroupKinds],
    always: inventory.kinds,
  });
  const lists = await Promise.all(
    [ref.namespace, ...inventory.additionalNamespaces].map(namespace =>
      listMembers(api, {
        kinds,
        namespace,
        applySet: inventory.applySetId(ref),
      }),
    ),
  );
  return lists.flat();
}

/** Answers those that are still there when the time is up. */
async function waitUntilGone(
  objects: LiveObject[],
  options: { api: ObjectApi; signal: AbortSignal },
): Promise<LiveObject[]> {
  const deadline = Date.now() + MAX_WAIT_MS;
  let left = objects;
  for (;;) {
    const found = await Promise.all(
      left.map(async object => {
        const live = await options.api.get(refOf(object));
        return live?.metadata.uid === object.metadata.uid;
      }),
    );
    left = left.filter((_, i) => found[i]);
    if (left.length === 0 || Date.now() > deadline || options.signal.aborted) {
      return left;
    }
    await sleep(POLL_MS, undefined, { signal: options.signal }).catch(
      () => undefined,
    );
  }
}

function partition<T>(items: T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter(item => !test(item))];
}
