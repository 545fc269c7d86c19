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

// A Group's relations name everything it owns, other people's models among them.
function isGroup(): Criteria {
  return rule('IS_ENTITY_KIND', { kinds: ['Group'] });
}

function isOwnGroup(claims: string[]): Criteria[] {
  return claims.flatMap(claim => {
    const [, namespace, name] = /^group:([^/]+)\/(.+)$/.exec(claim) ?? [];
    return name === undefined
      ? []
      : [
          {
            allOf: [
              isGroup(),
              rule('HAS_METADATA', { key: 'name', value: name }),
              rule('HAS_METADATA', { key: 'namespace', value: namespace }),
            ],
          } satisfies Criteria,
        ];
  });
}

/** Everything shared, what one of the claims owns, and the groups among them. */
export function readableEntities(claims: string[]): ConditionalPolicyDecision {
  return decide({
    anyOf: [
      isOwnedBy(claims),
      ...isOwnGroup(claims),
      { not: { anyOf: [isGroup(), isTeamsOwn()] } },
    ],
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
