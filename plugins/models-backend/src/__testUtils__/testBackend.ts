import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  clusterRegistryServiceRef,
  createModelConditionalDecision,
  modelConditions,
  type ClusterRegistry,
} from '@llm-platform/plugin-models-node';
import request from 'supertest';
import { modelsPlugin } from '../plugin';

export const MIA = mockCredentials.user('user:default/mia');
export const PAT = mockCredentials.user('user:default/pat');

/** Header of somebody who is signed in. */
export function as(credentials: typeof MIA): [string, string] {
  return [
    'Authorization',
    mockCredentials.user.header(credentials.principal.userEntityRef),
  ];
}

export const AS_SERVICE: [string, string] = [
  'Authorization',
  mockCredentials.service.header(),
];

/**
 * The plugin on a fake cluster. Pat is a platform engineer, everybody else a member of quant, as the platform's policy
 * would decide.
 */
export async function startModels(
  registry: ClusterRegistry,
  options: { config?: object } = {},
) {
  const auditor = mockServices.auditor.mock();
  const outcomes = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockImplementation(async ({ eventId }) => ({
    success: async () => {
      outcomes.success(eventId);
    },
    fail: async ({ error }) => {
      outcomes.fail(eventId, error.name);
    },
  }));
  const permissions = mockServices.permissions.mock({
    authorize: async requests =>
      requests.map(() => ({ result: AuthorizeResult.ALLOW })),
    authorizeConditional: async (requests, opts) =>
      requests.map((query): PolicyDecision => {
        const { principal } = opts?.credentials as typeof MIA;
        return principal.userEntityRef === 'user:default/pat'
          ? { result: AuthorizeResult.ALLOW }
          : createModelConditionalDecision(
              query.permission as Parameters<
                typeof createModelConditionalDecision
              >[0],
              modelConditions.isTeamMember({ teams: ['quant'] }),
            );
      }),
  });
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async () => ({
      userEntityRef: 'user:default/mia',
      ownershipEntityRefs: ['user:default/mia', 'group:default/quant'],
    }),
  });
  const signals: Array<{ channel: string; message: object }> = [];
  const topics: string[] = [];
  const backend = await startTestBackend({
    features: [
      modelsPlugin,
      auditor.factory,
      permissions.factory,
      mockServices.rootConfig.factory({ data: options.config ?? {} }),
      userInfo.factory,
      mockServices.events.mock({
        publish: async ({ topic }) => {
          topics.push(topic);
        },
      }).factory,
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async signal => {
            signals.push(signal);
          },
        }),
      }),
      createServiceFactory({
        service: clusterRegistryServiceRef,
        deps: {},
        factory: () => registry,
      }),
    ],
  });
  const api = {
    get: (path: string) => request(backend.server).get(`/api/models${path}`),
    post: (path: string) => request(backend.server).post(`/api/models${path}`),
    delete: (path: string) =>
      request(backend.server).delete(`/api/models${path}`),
  };
  async function stateOf(): Promise<string> {
    const { body } = await api.get('/v1/status').set(...as(PAT));
    return body.clusters[0].state;
  }
  /** Waits until the cluster has the state. */
  async function untilState(state: string): Promise<void> {
    await until(async () => (await stateOf()) === state);
  }
  return {
    api,
    server: backend.server,
    stop: () => backend.stop(),
    outcomes,
    signals,
    topics,
    untilState,
  };
}

/** Waits until the condition holds; the test's own time limit ends it otherwise. */
export async function until(
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await condition())) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
