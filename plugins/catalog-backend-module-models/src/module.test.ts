import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockServices,
  registerMswTestHooks,
  startTestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  catalogProcessingExtensionPoint,
  type EntityProvider,
} from '@backstage/plugin-catalog-node';
import {
  clusterRegistryServiceRef,
  MODELS_CHANGED_TOPIC,
  type ClusterInventory,
  type PlatformCluster,
} from '@llm-platform/plugin-models-node';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { catalogModuleModels } from './module';

const INVENTORY = 'http://models.test/v1/internal/inventory';

function model(name: string, team = 'quant'): ClusterInventory['items'][0] {
  return {
    type: 'model-deployment',
    namespace: team,
    name,
    team,
    route: name,
    modelId: 'org/model',
  };
}

describe('the entity provider', () => {
  const server = setupServer();
  registerMswTestHooks(server);

  function cluster(name: string): PlatformCluster {
    return {
      name,
      embedded: false,
      readOnly: false,
      getKubeConfig: async () => {
        throw new Error('not used');
      },
    };
  }

  /** The module with a catalog that remembers, by provider, the entities of the last mutation. */
  async function start(names = ['embedded']) {
    const applied = new Map<string, Entity[]>();
    const mutations: string[] = [];
    let onEvent: (() => Promise<void>) | undefined;
    const clusters = names.map(cluster);
    const backend = await startTestBackend({
      extensionPoints: [
        [
          catalogProcessingExtensionPoint,
          {
            addEntityProvider: (providers: EntityProvider[]) => {
              for (const provider of providers) {
                const name = provider.getProviderName();
                void provider.connect({
                  refresh: async () => {},
                  applyMutation: async mutation => {
                    if (mutation.type === 'full') {
                      mutations.push(name);
                      applied.set(
                        name,
                        mutation.entities.map(({ entity }) => entity),
                      );
                    }
                  },
                });
              }
            },
          },
        ],
      ],
      features: [
        catalogModuleModels,
        mockServices.discovery.mock({
          getBaseUrl: async () => 'http://models.test',
        }).factory,
        mockServices.events.mock({
          subscribe: async options => {
            expect(options.topics).toEqual([MODELS_CHANGED_TOPIC]);
            onEvent = () => options.onEvent({ topic: '', eventPayload: {} });
          },
        }).factory,
        mockServices.scheduler.mock().factory,
        createServiceFactory({
          service: clusterRegistryServiceRef,
          deps: {},
          factory: () => ({
            getClusters: () => clusters,
            getCluster: () => clusters[0],
          }),
        }),
      ],
    });
    return {
      applied,
      mutations,
      changed: async () => onEvent?.(),
      stop: () => backend.stop(),
    };
  }

  function serve(...clusters: ClusterInventory[]) {
    server.use(
      http.get(INVENTORY, ({ request }) => {
        expect(request.headers.get('authorization')).toContain('Bearer');
        return HttpResponse.json({ clusters });
      }),
    );
  }

  const PROVIDER = 'llm-platform:embedded';
  const namesOf = (entities: Entity[] = []) =>
    entities.map(({ metadata }) => metadata.name);

  it('makes entities, follows changes and writes only what has changed', async () => {
    const catalog = await start();
    serve({
      cluster: 'embedded',
      isRead: true,
      items: [
        model('small'),
        {
          type: 'team-service',
          namespace: 'eval',
          name: 'eval-api',
          team: 'eval',
          repository: 'https://github.com/eval/eval-api',
        },
        {
          type: 'team-service',
          namespace: 'eval',
          name: 'local-api',
          team: 'eval',
          repository: 'file:///repositories/eval-local-api.git',
        },
      ],
    });
    await catalog.changed();
    expect(catalog.applied.get(PROVIDER)).toEqual([
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          namespace: 'default',
          name: 'quant-small',
          title: 'small',
          description: 'org/model served on embedded',
          annotations: {
            'backstage.io/managed-by-location':
              'llm-platform:embedded/quant/small',
            'backstage.io/managed-by-origin-location':
              'llm-platform:embedded/quant/small',
            'llm-platform.dev/cluster': 'embedded',
            'llm-platform.dev/namespace': 'quant',
            'llm-platform.dev/name': 'small',
            'llm-platform.dev/route': 'small',
            'backstage.io/kubernetes-id': 'small',
            'backstage.io/kubernetes-namespace': 'quant',
            'backstage.io/kubernetes-cluster': 'embedded',
          },
        },
        spec: {
          type: 'model-deployment',
          lifecycle: 'production',
          owner: 'group:default/quant',
        },
      },
      expect.objectContaining({
        metadata: expect.objectContaining({
          annotations: expect.objectContaining({
            'backstage.io/source-location':
              'url:https://github.com/eval/eval-api',
          }),
        }),
        spec: {
          type: 'team-service',
          lifecycle: 'production',
          owner: 'group:default/eval',
        },
      }),
      expect.objectContaining({
        metadata: expect.objectContaining({
          annotations: expect.not.objectContaining({
            'backstage.io/source-location': expect.anything(),
          }),
        }),
      }),
    ]);
    await catalog.changed();
    expect(catalog.mutations).toHaveLength(1);

    serve({ cluster: 'embedded', isRead: true, items: [] });
    await catalog.changed();
    expect(catalog.applied.get(PROVIDER)).toEqual([]);
    await catalog.stop();
  });

  it('keeps the entities of what cannot be read', async () => {
    const catalog = await start();
    serve({ cluster: 'embedded', isRead: true, items: [model('small')] });
    await catalog.changed();
    serve({ cluster: 'embedded', isRead: false, items: [] });
    await catalog.changed();
    server.use(
      http.get(INVENTORY, () => new HttpResponse('', { status: 503 })),
    );
    await catalog.changed();
    server.use(http.get(INVENTORY, () => HttpResponse.error()));
    await catalog.changed();
    expect(catalog.mutations).toHaveLength(1);
    expect(namesOf(catalog.applied.get(PROVIDER))).toEqual(['quant-small']);
    await catalog.stop();
  });

  it('tells equal names on two clusters apart, and shortens long ones', async () => {
    const catalog = await start(['embedded', 'prod']);
    const long = 'x'.repeat(63);
    serve(
      { cluster: 'embedded', isRead: true, items: [model('small')] },
      {
        cluster: 'prod',
        isRead: true,
        items: [model('small'), model('only-here'), model(long)],
      },
    );
    await catalog.changed();
    expect(namesOf(catalog.applied.get(PROVIDER))).toEqual(['quant-small']);
    const prod = namesOf(catalog.applied.get('llm-platform:prod'));
    expect(prod.slice(0, 2)).toEqual(['prod-quant-small', 'quant-only-here']);
    expect(prod[2]).toHaveLength(63);
    await catalog.stop();
  });
});
