import { NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PermissionCondition,
  type PermissionCriteria,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  type PermissionRuleset,
} from '@backstage/plugin-permission-node';
import type { ModelResource } from '@llm-platform/plugin-models-common';
import { isTeamMember } from './rules';

const ruleset: PermissionRuleset<ModelResource> = {
  getRuleByName(name) {
    if (name !== isTeamMember.name) {
      throw new NotFoundError(`There is no permission rule named ${name}`);
    }
    return isTeamMember;
  },
};

const isCovered = createConditionAuthorizer<ModelResource>(ruleset);

/** Whether a decision on one of the models' permissions covers what belongs to the team. @public */
export function coversTeam(decision: PolicyDecision, team: string): boolean {
  return isCovered(decision, { team });
}

/**
 * Which teams a decision on one of the models' permissions covers: all, or exactly these. For who can't list the resources
 * themselves, because they are no objects of a cluster: series, for example.
 *
 * @public
 */
export function teamsOf(decision: PolicyDecision): 'all' | string[] {
  switch (decision.result) {
    case AuthorizeResult.ALLOW:
      return 'all';
    case AuthorizeResult.CONDITIONAL: {
      // Only a team that a condition names can be meant by it; whether it is, the conditions decide as a whole
      const named = new Set(namedTeams(decision.conditions));
      return [...named].filter(team => coversTeam(decision, team)).sort();
    }
    default:
      return [];
  }
}

function namedTeams(
  criteria: PermissionCriteria<PermissionCondition>,
): string[] {
  if ('allOf' in criteria) {
    return criteria.allOf.flatMap(namedTeams);
  }
  if ('anyOf' in criteria) {
    return criteria.anyOf.flatMap(namedTeams);
  }
  if ('not' in criteria) {
    return namedTeams(criteria.not);
  }
  const teams = criteria.params?.teams;
  return Array.isArray(teams)
    ? teams.filter((team): team is string => typeof team === 'string')
    : [];
}
