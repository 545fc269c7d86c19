import { ConflictError } from '@backstage/errors';
import {
  buildServicePreflight,
  renderServiceManifests,
  serviceInventory,
  type RouteClaim,
  type ServicePreflightFacts,
  type ServicePreflightReport,
  type TeamServiceSpec,
} from '@llm-platform/plugin-models-common';
import type { ApplyPlan } from '../apply';

/** What one person may know and use. */
export type Judgement = Pick<
  ServicePreflightFacts,
  'namespaceTeams' | 'viewerTeams' | 'usableModels'
>;

/** Who has begun what is there under the name; newest first. */
export function madeBy(plan: ApplyPlan): ServicePreflightFacts['madeBy'] {
  const { before } = plan.parent;
  const [newest] = before ? serviceInventory.readStored(before).revisions : [];
  return newest && { runId: newest.runId, user: newest.appliedBy };
}

/** What the cluster has under the names of a plan. */
export function existingOf(plan: ApplyPlan) {
  return [plan.parent, ...plan.members].flatMap(({ before }) =>
    before ? [before] : [],
  );
}

/** The checks of which an apply must not go past one, judged on what the cluster says now. */
const DECIDING: ServicePreflightReport['checks'][number]['id'][] = [
  'name',
  'route',
  'model',
];

/** Throws where the name or the route is taken, or the model is none that the person may use. */
export function judgeService(
  options: {
    spec: TeamServiceSpec;
    plan: ApplyPlan;
    claims: RouteClaim[];
    runId: string | undefined;
  } & Judgement,
): void {
  const { plan, ...facts } = options;
  const { checks } = buildServicePreflight(
    { ...facts, existing: existingOf(plan), madeBy: madeBy(plan) },
    { manifests: renderServiceManifests(options.spec) },
  );
  const refused = checks.filter(
    ({ id, verdict }) => DECIDING.includes(id) && verdict !== 'pass',
  );
  if (refused.length > 0) {
    throw new ConflictError(
      refused
        .map(({ message, remedy }) => [message, remedy].join(' '))
        .join(' '),
    );
  }
}
