import path from 'node:path';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { modelReadPermission } from '@llm-platform/plugin-models-common';
import {
  clusterRegistryServiceRef,
  createModelConditionalDecision,
  modelConditions,
  type PlatformCluster,
} from '@llm-platform/plugin-models-node';
import grafanaPanelsPlugin from '../src';

/** Name of the one cluster. */
export const CLUSTER = 'bench';

/** Who asks. The team is in the name, as nobody else knows it here. */
export interface BenchViewer {
  name: string;
  team: string;
}

/** The header with which a viewer's requests come. */
export function authorizationOf({ name, team }: BenchViewer): string {
  return mockCredentials.user.header(`user:default/${team}.${name}`);
}

/** The panels' backend as the portal runs it, with one Prometheus and people who are each in one team. */
export class PanelsBackend {
  private constructor(
    private readonly backend: Awaited<ReturnType<typeof startTestBackend>>,
  ) {}

  static async start(options: {
    prometheusUrl: string;
    dashboardsDir: string;
  }): Promise<PanelsBackend> {
    const cluster: PlatformCluster = {
      name: CLUSTER,
      embedded: false,
      readOnly: true,
      prometheusUrl: options.prometheusUrl,
      getKubeConfig: () => Promise.reject(new Error('there is no cluster')),
    };
    const backend = await startTestBackend({
      features: [
        grafanaPanelsPlugin,
        catalogServiceMock.factory(),
        mockServices.rootConfig.factory({
          data: {
            llmPlatform: { dashboards: { path: options.dashboardsDir } },
          },
        }),
        createServiceFactory({
          service: clusterRegistryServiceRef,
          deps: {},
          factory: () => ({
            getClusters: () => [cluster],
            getCluster: () => cluster,
          }),
        }),
        createServiceFactory({
          service: coreServices.permissions,
          deps: {},
          factory: () => ({
            authorize: async requests =>
              requests.map(() => ({ result: AuthorizeResult.ALLOW })),
            authorizeConditional: async (requests, { credentials }) => {
              const team = teamOf(credentials.principal);
              return requests.map(() =>
                createModelConditionalDecision(
                  modelReadPermission,
                  modelConditions.isTeamMember({ teams: [team] }),
                ),
              );
            },
          }),
        }),
      ],
    });
    return new PanelsBackend(backend);
  }

  get url(): string {
    return `http://127.0.0.1:${this.backend.server.port()}`;
  }

  async stop(): Promise<void> {
    await this.backend.stop();
  }
}

function teamOf(principal: unknown): string {
  const { userEntityRef } = principal as { userEntityRef?: string };
  const name = path.posix.basename(userEntityRef ?? '');
  return name.slice(0, name.indexOf('.'));
}
