import { toError } from '@backstage/errors';
import type { DryRunResult } from '@llm-platform/plugin-models-common';
import { KubernetesApiError } from '@llm-platform/plugin-models-node';
import type { ApplyPlan } from '../apply';
import { describeChange, describeRef, refOf, type ObjectApi } from '../objects';

/** The server's verdict on every object of a plan. One that is refused doesn't keep the others from being judged. */
export async function dryRunPlan(
  plan: ApplyPlan,
  options: { api: ObjectApi },
): Promise<DryRunResult> {
  const result: DryRunResult = { changes: [], errors: [] };
  for (const { object, before, keep } of [plan.parent, ...plan.members]) {
    if (keep) {
      result.changes.push({ ref: refOf(object), operation: 'unchanged' });
      continue;
    }
    try {
      const after = await options.api.apply(object, { dryRun: true });
      result.changes.push(describeChange(before, after));
    } catch (error) {
      result.errors.push({
        object: describeRef(refOf(object)),
        ...(KubernetesApiError.isInstance(error) && { code: error.statusCode }),
        message: toError(error).message,
      });
    }
  }
  return result;
}
