import { ConflictError } from '@backstage/errors';
import {
  annotations,
  labels,
  type Inventory,
  type KubernetesObject,
  type OwnedSpec,
} from '@llm-platform/plugin-models-common';
import {
  describeRef,
  refOf,
  type LiveObject,
  type ObjectApi,
} from '../objects';

/** One object of a plan, with what the cluster has under its name. */
export interface PlannedObject {
  object: KubernetesObject;
  before: LiveObject | undefined;
  /** Stays as it is: it belongs to the set, and nothing is written. */
  keep?: boolean;
}

/** What is to be applied: the parent first, then its members in order. */
export interface ApplyPlan {
  /** For people: what it is. */
  noun: string;
  applySet: string;
  /** Namespaces of the members. */
  namespaces: string[];
  /** Kinds that the set makes always. */
  kinds: string[];
  parent: PlannedObject;
  members: PlannedObject[];
  revision: number;
}

export interface PlanOptions<S extends OwnedSpec> {
  api: ObjectApi;
  inventory: Inventory<S>;
  spec: S;
  members: KubernetesObject[];
  /** Which of the members stay as they are. */
  keeps?(member: KubernetesObject): boolean;
  userRef: string;
  runId: string | undefined;
}

/** Reads what is there already of a spec and its members. Changes nothing. */
export async function planApply<S extends OwnedSpec>(
  options: PlanOptions<S>,
): Promise<ApplyPlan> {
  const { api, inventory, spec, members, userRef, runId } = options;
  const preview = inventory.renderParent(spec, { members, revisions: [] });
  const [parentBefore, ...membersBefore] = await Promise.all(
    [preview, ...members].map(object => api.get(refOf(object))),
  );
  const stored = parentBefore && inventory.readStored(parentBefore);
  // A revision is a change of the spec: the same again, or a run that was cut off and goes on, adds none.
  const isSame =
    stored?.spec !== undefined &&
    stored.revisions.length > 0 &&
    inventory.serialize(stored.spec) === inventory.serialize(spec);
  const revisions = isSame
    ? stored.revisions
    : inventory.appendRevision(stored?.revisions ?? [], {
        appliedAt: new Date().toISOString(),
        appliedBy: userRef,
        runId,
        spec,
      });
  const parent = inventory.renderParent(spec, { members, revisions });
  if (isSame) {
    // Written again it could differ in the order of its keys: a change that is none.
    parent.data = parentBefore?.data;
  }
  if (runId !== undefined) {
    parent.metadata.annotations = {
      ...parent.metadata.annotations,
      [annotations.appliedBy]: runId,
    };
  }
  return {
    noun: inventory.noun,
    applySet: inventory.applySetId(spec.metadata),
    namespaces: [spec.metadata.namespace, ...inventory.additionalNamespaces],
    kinds: inventory.kinds,
    parent: { object: parent, before: parentBefore },
    members: members.map((object, i) => ({
      object,
      before: membersBefore[i],
      keep: options.keeps?.(object) ?? false,
    })),
    revision: revisions[0].revision,
  };
}

/** Throws when something else already has one of the names. */
export function requireOwnership(plan: ApplyPlan): void {
  for (const { object, before } of [plan.parent, ...plan.members]) {
    const owner =
      before?.metadata.labels?.[
        object === plan.parent.object
          ? labels.applySetId
          : labels.applySetPartOf
      ];
    if (before && owner !== plan.applySet) {
      throw new ConflictError(
        `${describeRef(
          refOf(object),
        )} exists already and does not belong to this ${
          plan.noun
        }: choose another name`,
      );
    }
    if (before?.metadata.deletionTimestamp) {
      throw new ConflictError(
        `${describeRef(
          refOf(object),
        )} is being deleted: try again when it is gone`,
      );
    }
  }
}
