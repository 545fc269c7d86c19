import { ConflictError } from '@backstage/errors';
import {
  annotations,
  appendRevision,
  applySetId,
  labels,
  readStoredSpec,
  renderParentConfigMap,
  serializeSpec,
  type GpuProfile,
  type KubernetesObject,
  type ModelDeploymentSpec,
  type StoredSpec,
} from '@llm-platform/plugin-models-common';
import type { ModelRuntime } from '@llm-platform/plugin-models-node';
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
}

/** What is to be applied for a spec: the parent first, then its members in order. */
export interface ApplyPlan {
  spec: ModelDeploymentSpec;
  applySet: string;
  parent: PlannedObject;
  members: PlannedObject[];
  /** What the parent holds now; `undefined` when there is none. */
  stored: StoredSpec | undefined;
  revision: number;
}

export interface PlanOptions {
  api: ObjectApi;
  runtime: ModelRuntime;
  spec: ModelDeploymentSpec;
  profile: GpuProfile;
  userRef: string;
  runId: string | undefined;
}

/** Renders a spec and reads what is there already. Changes nothing. */
export async function planApply(options: PlanOptions): Promise<ApplyPlan> {
  const { api, spec, profile, runtime, userRef, runId } = options;
  const applySet = applySetId(spec.metadata);
  const rendered = runtime.render({ spec, profile });
  const preview = renderParentConfigMap(spec, {
    members: rendered,
    revisions: [],
  });
  const [parentBefore, ...membersBefore] = await Promise.all(
    [preview, ...rendered].map(object => api.get(refOf(object))),
  );
  const stored = parentBefore && readStoredSpec(parentBefore);
  // A revision is a change of the spec: the same again, or a run that was cut off and goes on, adds none.
  const isSame =
    stored?.spec !== undefined &&
    stored.revisions.length > 0 &&
    serializeSpec(stored.spec) === serializeSpec(spec);
  const revisions = isSame
    ? stored.revisions
    : appendRevision(stored?.revisions ?? [], {
        appliedAt: new Date().toISOString(),
        appliedBy: userRef,
        runId,
        spec,
      });
  const parent = renderParentConfigMap(spec, { members: rendered, revisions });
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
    spec,
    applySet,
    parent: { object: parent, before: parentBefore },
    members: rendered.map((object, i) => ({
      object,
      before: membersBefore[i],
    })),
    stored,
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
        )} exists already and does not belong to this model deployment: choose another name`,
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
