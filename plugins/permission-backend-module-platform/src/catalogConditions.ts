import {
  AuthorizeResult,
  type ConditionalPolicyDecision,
  type PermissionCondition,
  type PermissionCriteria,
} from '@backstage/plugin-permission-common';

const RESOURCE_TYPE = 'catalog-entity';

/** Entity types of what runs on the clusters: only the owners see them. */
const TEAM_TYPES = ['model-deployment', 'team-service'];

type Criteria = PermissionCriteria<PermissionCondition>;

// Rules of the catalog by name, as its API documents them: importing them would pull the whole catalog backend in.

function rule(name: string, params: PermissionCondition['params']): Criteria {
  return { rule: name, resourceType: RESOURCE_TYPE, params };
}

function isOwnedBy(claims: string[]): Criteria {
  return rule('IS_ENTITY_OWNER', { claims });
}

function isTeamsOwn(): Criteria {
  return {
    allOf: [
      rule('IS_ENTITY_KIND', { kinds: ['Component'] }),
      {
        anyOf: TEAM_TYPES.map(value =>
          rule('HAS_SPEC', { key: 'type', value }),
        ) as [Criteria, ...Criteria[]],
      },
    ],
  };
}

/** Everything shared, and what one of the claims owns. */
export function readableEntities(claims: string[]): ConditionalPolicyDecision {
  return decide({
    anyOf: [isOwnedBy(claims), { not: isTeamsOwn() }],
  });
}

/** What one of the claims owns. */
export function ownEntities(claims: string[]): ConditionalPolicyDecision {
  return decide(isOwnedBy(claims));
}

function decide(conditions: Criteria): ConditionalPolicyDecision {
  return {
    result: AuthorizeResult.CONDITIONAL,
    pluginId: 'catalog',
    resourceType: RESOURCE_TYPE,
    conditions,
  };
}
