import { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, toError } from '@backstage/errors';
import {
  annotations,
  type ObjectChange,
} from '@llm-platform/plugin-models-common';
import { KubernetesApiError } from '@llm-platform/plugin-models-node';
import {
  appliedPart,
  describeChange,
  describeRef,
  refOf,
  type LiveObject,
  type ObjectApi,
} from '../objects';
import { clusterError } from './errors';
import { listMembers, memberKinds } from './inventory';
import { requireOwnership, type ApplyPlan, type PlannedObject } from './plan';

interface AppliedObject extends PlannedObject {
  /** `undefined` when the answer got lost: it may have been applied. */
  after: LiveObject | undefined;
}

/**
 * Brings the cluster to the plan, or leaves it as it was: the server's dry run of every object first, then the parent
 * (the inventory, so that a cut-off run leaves nothing unrecorded), its members, and the deletion of members that no
 * longer belong to it. What this run did is undone when an object fails.
 */
export async function executePlan(
  plan: ApplyPlan,
  options: { api: ObjectApi; logger: LoggerService },
): Promise<{ changes: ObjectChange[]; objects: LiveObject[] }> {
  const { api } = options;
  requireOwnership(plan);
  const objects = [plan.parent, ...plan.members].filter(({ keep }) => !keep);
  for (const planned of objects) {
    try {
      await api.apply(planned.object, { dryRun: true });
    } catch (error) {
      throw failure(planned, 'is refused', error);
    }
  }

  const applied: AppliedObject[] = [];
  const changes: ObjectChange[] = [];
  for (const planned of objects) {
    try {
      const after = await api.apply(planned.object, { dryRun: false });
      applied.push({ ...planned, after });
      changes.push(describeChange(planned.before, after));
    } catch (error) {
      if (!wasRefused(error)) {
        applied.push({ ...planned, after: undefined });
      }
      throw await undo(
        applied,
        failure(planned, 'could not be applied', error),
        { ...options, noun: plan.noun },
      );
    }
  }
  return {
    changes: [...changes, ...(await prune(plan, api))],
    objects: applied.flatMap(({ after }) => after ?? []),
  };
}

function wasRefused(error: unknown): boolean {
  return KubernetesApiError.isInstance(error) && error.statusCode < 500;
}

function failure(
  { object }: PlannedObject,
  what: string,
  cause: unknown,
): Error {
  return clusterError(`${describeRef(refOf(object))} ${what}`, cause);
}

/** Undoes exactly what this run did, newest first, and answers the error that says so. */
async function undo(
  applied: AppliedObject[],
  error: Error,
  options: { api: ObjectApi; logger: LoggerService; noun: string },
): Promise<Error> {
  const { api, logger, noun } = options;
  const undone: string[] = [];
  const left: string[] = [];
  for (const { object, before, after } of [...applied].reverse()) {
    const ref = refOf(object);
    try {
      // Of a Secret only the metadata is read: what its values were is not known.
      if (before && object.kind !== 'Secret') {
        await api.apply(appliedPart(before), { dryRun: false });
        undone.push(`${describeRef(ref)} restored`);
      } else {
        await api.delete(ref, { uid: after?.metadata.uid });
        undone.push(`${describeRef(ref)} deleted`);
      }
    } catch (undoError) {
      const { message } = toError(undoError);
      logger.warn(`Rollback of ${describeRef(ref)} failed: ${message}`);
      left.push(`${describeRef(ref)} (${message})`);
    }
  }
  const outcome = [
    undone.length > 0 && `Rolled back: ${undone.join(', ')}`,
    left.length > 0 &&
      `Could not be rolled back: ${left.join(
        ', ',
      )}; applying again or deleting the ${noun} finishes it`,
    applied.length === 0 && 'Nothing was changed',
  ].filter(Boolean);
  error.message = `${error.message}. ${outcome.join('. ')}.`;
  return error;
}

/** Deletes members that the plan no longer has; never a volume, whose data a change of the spec must not cost. */
async function prune(plan: ApplyPlan, api: ObjectApi): Promise<ObjectChange[]> {
  const inPlan = new Set(
    plan.members.map(({ object }) => describeRef(refOf(object))),
  );
  const changes: ObjectChange[] = [];
  const before = plan.parent.before?.metadata.annotations;
  const kinds = memberKinds({
    annotation: before?.[annotations.applySetContainsGroupKinds],
    always: plan.kinds,
  }).filter(({ kind }) => kind !== 'PersistentVolumeClaim');
  for (const namespace of plan.namespaces) {
    const members = await listMembers(api, {
      kinds,
      namespace,
      applySet: plan.applySet,
    });
    for (const member of members) {
      if (inPlan.has(describeRef(refOf(member)))) {
        continue;
      }
      const ref = refOf(member);
      try {
        await api.delete(ref, { uid: member.metadata.uid });
      } catch (error) {
        throw new ConflictError(
          `Everything is applied, but ${describeRef(
            ref,
          )}, which no longer belongs to it, could not be deleted: ${
            toError(error).message
          }`,
        );
      }
      changes.push({ ref, operation: 'delete' });
    }
  }
  return changes;
}
