import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_MODEL_DEPLOYMENT,
  type ModelResource,
} from '@llm-platform/plugin-models-common';
import { z } from 'zod';

/** What a list of model deployments can be filtered by. @public */
export interface ModelResourceFilter {
  teams: string[];
}

/** @public */
export const modelResourceRef = createPermissionResourceRef<
  ModelResource,
  ModelResourceFilter
>().with({ pluginId: 'models', resourceType: RESOURCE_TYPE_MODEL_DEPLOYMENT });

/** Allows what belongs to one of the teams. @public */
export const isTeamMember = createPermissionRule({
  name: 'IS_TEAM_MEMBER',
  description: 'Allow model deployments that belong to one of the given teams',
  resourceRef: modelResourceRef,
  paramsSchema: z.object({
    teams: z.array(z.string()).describe('Names of catalog groups'),
  }),
  apply: (resource, { teams }) => teams.includes(resource.team),
  toQuery: ({ teams }) => ({ teams }),
});

const exported = createConditionExports({
  resourceRef: modelResourceRef,
  rules: { isTeamMember },
});

/** Conditions for policies, see {@link isTeamMember}. @public */
export const modelConditions = exported.conditions;

/** @public */
export const createModelConditionalDecision =
  exported.createConditionalDecision;
