import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { modelReadPermission } from '@llm-platform/plugin-models-common';
import {
  clusterRegistryServiceRef,
  createModelConditionalDecision,
  modelConditions,
  type PlatformCluster,
} from '@llm-platform/plugin-models-node';
import request from 'supertest';
import { grafanaPanelsPlugin } from '../plugin';

/** Whose series each person may see, as the platform's policy would decide. */
const TEAMS: Record<string, 'all' | string[]> = {
  'user:default/pat': 'all',
  'user:default/mia': ['quant'],
  'user:default/ida': ['quant'],
  'user:default/erik': ['eval', 'quant'],
  'user:default/new': [],
};

export type Person = 'pat' | 'mia' | 'ida' | 'erik' | 'new';

/** The plugin with one cluster, `embedded`, whose Prometheus is at the URL. */
export async function startPanels(options: {
  prometheusUrl?: string;
  llmPlatform?: object;
  entities?: Entity[];
}) {
  const denied: string[] = [];
  const auditor = mockServices.auditor.mock();
  auditor.createEvent.mockImplementation(async ({ eventId }) => ({
    success: async () => {},
    fail: async () => {
      denied.push(eventId);
    },
  }));
  const teamsOf = (opts: unknown) => {
    const { principal } = (
      opts as { credentials: ReturnType<typeof mockCredentials.user> }
    ).credentials;
    return TEAMS[principal.userEntityRef];
  };
  const permissions = mockServices.permissions.mock({
    authorize: async (requests, opts) =>
      requests.map(() => ({
        result:
          teamsOf(opts).length > 0
            ? AuthorizeResult.ALLOW
            : AuthorizeResult.DENY,
      })),
    authorizeConditional: async (requests, opts) =>
      requests.map((): PolicyDecision => {
        const teams = teamsOf(opts);
        if (teams === 'all') {
          return { result: AuthorizeResult.ALLOW };
        }
        return teams.length === 0
          ? { result: AuthorizeResult.DENY }
          : createModelConditionalDecision(
              modelReadPermission,
              modelConditions.isTeamMember({ teams }),
            );
      }),
  });
  const clusters: PlatformCluster[] = [
    {
      name: 'embedded',
      embedded: true,
      readOnly: false,
      prometheusUrl: options.prometheusUrl,
      getKubeConfig: async () => {
        throw new Error('not needed');
      },
    },
  ];
  const backend = await startTestBackend({
    features: [
      grafanaPanelsPlugin,
      auditor.factory,
      permissions.factory,
      catalogServiceMock.factory({ entities: options.entities ?? [] }),
      mockServices.rootConfig.factory({
        data: { llmPlatform: options.llmPlatform ?? {} },
      }),
      createServiceFactory({
        service: clusterRegistryServiceRef,
        deps: {},
        factory: () => ({
          getClusters: () => clusters,
          getCluster: name => {
            const found = clusters.find(cluster => cluster.name === name);
            if (!found) {
              throw new NotFoundError(`There is no cluster named '${name}'`);
            }
            return found;
          },
        }),
      }),
    ],
  });
  const header = (person: Person): [string, string] => [
    'Authorization',
    mockCredentials.user.header(`user:default/${person}`),
  ];
  return {
    denied,
    stop: () => backend.stop(),
    get: (person: Person, path: string) =>
      request(backend.server)
        .get(`/api/grafana-panels/v1${path}`)
        .set(...header(person)),
    post: (person: Person, path: string, body: object) =>
      request(backend.server)
        .post(`/api/grafana-panels/v1${path}`)
        .set(...header(person))
        .send(body),
    anonymously: () =>
      request(backend.server)
        .post('/api/grafana-panels/v1/query')
        .set('Authorization', mockCredentials.none.header())
        .send({}),
  };
}
