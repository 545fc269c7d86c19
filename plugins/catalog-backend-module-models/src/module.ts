import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import {
  clusterRegistryServiceRef,
  MODELS_CHANGED_TOPIC,
} from '@llm-platform/plugin-models-node';
import { InventoryClient } from './inventoryClient';
import { ModelsEntityProvider } from './provider';

const SCHEDULE = 'catalog.providers.llmPlatform.schedule';

/**
 * Makes entities of the models and team services found in the clusters.
 *
 * @public
 */
export const catalogModuleModels = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'models',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        events: eventsServiceRef,
        logger: coreServices.logger,
        registry: clusterRegistryServiceRef,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const { logger } = deps;
        const client = InventoryClient.create(deps);
        const providers = deps.registry
          .getClusters()
          .map(({ name }) =>
            ModelsEntityProvider.create({ cluster: name, logger }),
          );
        deps.catalog.addEntityProvider(providers);

        let running: Promise<void> | undefined;
        async function refresh(signal: AbortSignal): Promise<void> {
          try {
            const inventory = await client.read({ signal });
            for (const provider of providers) {
              await provider.update(inventory);
            }
          } catch (error) {
            logger.warn(
              `Models in the catalog are as of before: ${
                toError(error).message
              }`,
            );
          }
        }
        /** A change while one is being taken over is found by the next event or the schedule. */
        function refreshOnce(
          signal = new AbortController().signal,
        ): Promise<void> {
          running ??= refresh(signal).finally(() => {
            running = undefined;
          });
          return running;
        }

        await deps.events.subscribe({
          id: 'catalog-llm-platform',
          topics: [MODELS_CHANGED_TOPIC],
          onEvent: () => refreshOnce(),
        });
        await deps.scheduler.scheduleTask({
          id: 'llm-platform-models',
          // Every replica of the portal has its own watch: whichever runs this has the facts.
          scope: 'local',
          ...(deps.config.has(SCHEDULE)
            ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
                deps.config.getConfig(SCHEDULE),
              )
            : { frequency: { seconds: 10 }, timeout: { seconds: 30 } }),
          initialDelay: { seconds: 2 },
          fn: signal => refreshOnce(signal),
        });
      },
    });
  },
});
