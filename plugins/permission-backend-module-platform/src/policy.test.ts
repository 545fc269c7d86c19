import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  kubernetesClustersReadPermission,
  kubernetesProxyPermission,
  kubernetesResourcesReadPermission,
} from '@backstage/plugin-kubernetes-common';
import {
  AuthorizeResult,
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import {
  taskCancelPermission,
  taskCreatePermission,
  taskReadPermission,
  templateDryRunPermission,
  templateManagementPermission,
  templateParameterReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  modelCreatePermission,
  modelDeletePermission,
  modelReadPermission,
  modelUpdatePermission,
  modelUsePermission,
  platformReadPermission,
} from '@llm-platform/plugin-models-common';
import { PlatformTeams } from '@llm-platform/plugin-models-node';
import { PlatformPermissionPolicy } from './policy';

const PEOPLE: Record<string, string[]> = {
  'user:default/mia': ['user:default/mia', 'group:default/quant'],
  'user:default/pat': ['user:default/pat', 'group:default/platform'],
  'user:default/new': ['user:default/new'],
};

const catalogRead = createPermission({
  name: 'catalog.entity.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
});
const catalogDelete = createPermission({
  name: 'catalog.entity.delete',
  attributes: { action: 'delete' },
  resourceType: 'catalog-entity',
});
const anything = createPermission({ name: 'some.thing', attributes: {} });

function decide(permission: Permission, who: string | undefined) {
  const policy = PlatformPermissionPolicy.create({
    auth: mockServices.auth(),
    userInfo: mockServices.userInfo.mock({
      getUserInfo: async credentials => {
        const { userEntityRef } = (
          credentials as ReturnType<typeof mockCredentials.user>
        ).principal;
        return { userEntityRef, ownershipEntityRefs: PEOPLE[userEntityRef] };
      },
    }),
    teams: PlatformTeams.fromConfig(new ConfigReader({})),
  });
  const credentials = who ? mockCredentials.user(who) : mockCredentials.none();
  return policy.handle(
    { permission },
    {
      credentials,
      info: { userEntityRef: who ?? '', ownershipEntityRefs: [] },
    },
  );
}

const everything: Permission[] = [
  modelReadPermission,
  modelCreatePermission,
  modelUpdatePermission,
  modelDeletePermission,
  modelUsePermission,
  platformReadPermission,
  catalogRead,
  catalogDelete,
  kubernetesClustersReadPermission,
  kubernetesResourcesReadPermission,
  taskCreatePermission,
  taskReadPermission,
  templateManagementPermission,
  anything,
];

describe('PlatformPermissionPolicy', () => {
  it.each(everything.map(permission => [permission.name, permission] as const))(
    'allows platform engineers %s, and nobody who is not signed in',
    async (_name, permission) => {
      expect(await decide(permission, 'user:default/pat')).toEqual({
        result: AuthorizeResult.ALLOW,
      });
      expect(await decide(permission, undefined)).toEqual({
        result: AuthorizeResult.DENY,
      });
    },
  );

  it.each(['user:default/pat', 'user:default/mia', undefined])(
    'denies %s the proxy to the clusters',
    async who => {
      expect(await decide(kubernetesProxyPermission, who)).toEqual({
        result: AuthorizeResult.DENY,
      });
    },
  );

  it.each([
    modelReadPermission,
    modelCreatePermission,
    modelUpdatePermission,
    modelDeletePermission,
    modelUsePermission,
  ])('lets members act on what their teams own: $name', async permission => {
    expect(await decide(permission, 'user:default/mia')).toEqual({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'models',
      resourceType: 'model-deployment',
      conditions: {
        rule: 'IS_TEAM_MEMBER',
        resourceType: 'model-deployment',
        params: { teams: ['quant'] },
      },
    });
    expect(await decide(permission, 'user:default/new')).toEqual({
      result: AuthorizeResult.DENY,
    });
  });

  it.each([
    platformReadPermission,
    kubernetesClustersReadPermission,
    kubernetesResourcesReadPermission,
    taskCreatePermission,
    templateParameterReadPermission,
  ])('allows members $name', async permission => {
    expect(await decide(permission, 'user:default/mia')).toEqual({
      result: AuthorizeResult.ALLOW,
    });
  });

  it.each([
    templateManagementPermission,
    templateDryRunPermission,
    catalogDelete,
    anything,
  ])('denies members $name', async permission => {
    expect(await decide(permission, 'user:default/mia')).toEqual({
      result: AuthorizeResult.DENY,
    });
  });

  it('shows members shared entities, and groups, models and services only of their own', async () => {
    const decision = await decide(catalogRead, 'user:default/mia');
    expect(decision).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'catalog',
      resourceType: 'catalog-entity',
      conditions: {
        anyOf: [
          {
            rule: 'IS_ENTITY_OWNER',
            params: { claims: PEOPLE['user:default/mia'] },
          },
          {
            allOf: [
              { rule: 'IS_ENTITY_KIND', params: { kinds: ['Group'] } },
              {
                rule: 'HAS_METADATA',
                params: { key: 'name', value: 'quant' },
              },
              {
                rule: 'HAS_METADATA',
                params: { key: 'namespace', value: 'default' },
              },
            ],
          },
          {
            not: {
              anyOf: [
                { rule: 'IS_ENTITY_KIND', params: { kinds: ['Group'] } },
                {
                  allOf: [
                    {
                      rule: 'IS_ENTITY_KIND',
                      params: { kinds: ['Component'] },
                    },
                    {
                      anyOf: [
                        {
                          rule: 'HAS_SPEC',
                          params: { key: 'type', value: 'model-deployment' },
                        },
                        {
                          rule: 'HAS_SPEC',
                          params: { key: 'type', value: 'team-service' },
                        },
                      ],
                    },
                  ],
                },
              ],
            },
          },
        ],
      },
    });
  });

  it.each([taskReadPermission, taskCancelPermission])(
    'gives members their own tasks: $name',
    async permission => {
      expect(await decide(permission, 'user:default/mia')).toMatchObject({
        result: AuthorizeResult.CONDITIONAL,
        conditions: {
          rule: 'IS_TASK_OWNER',
          params: { createdBy: ['user:default/mia'] },
        },
      });
    },
  );
});
