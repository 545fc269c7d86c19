import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  CHANGES_CHANNEL,
  modelPermissions,
  platformReadPermission,
  RESOURCE_TYPE_MODEL_DEPLOYMENT,
} from '@llm-platform/plugin-models-common';
import {
  clusterRegistryServiceRef,
  isTeamMember,
  modelResourceRef,
  modelRuntimesExtensionPoint,
  MODELS_CHANGED_TOPIC,
  PlatformTeams,
  type ModelRuntime,
} from '@llm-platform/plugin-models-node';
import { DeploymentWriter } from './apply';
import { Authorization } from './authorization';
import { ChangePublisher } from './changes';
import { readModelsConfig } from './config';
import { LogSnapshots } from './logs';
import { createRouter, Routes } from './routes';
import { vllmRuntime } from './runtimes';
import { ServiceWriter } from './services';
import { WatchCache } from './watch';

const SIGNAL_INTERVAL_MS = 250;
const EVENT_INTERVAL_MS = 1_000;

/**
 * The models plugin: what runs on the clusters, and changing it.
 *
 * @public
 */
export const modelsPlugin = createBackendPlugin({
  pluginId: 'models',
  register(env) {
    const runtimes: ModelRuntime[] = [];
    env.registerExtensionPoint(modelRuntimesExtensionPoint, {
      addRuntime(runtime) {
        if (runtimes.some(({ id }) => id === runtime.id)) {
          throw new Error(`There are two model runtimes '${runtime.id}'`);
        }
        runtimes.push(runtime);
      },
    });
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        registry: clusterRegistryServiceRef,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { logger, lifecycle, permissionsRegistry } = deps;
        const config = readModelsConfig(deps.config);
        runtimes.push(vllmRuntime);
        permissionsRegistry.addResourceType({
          resourceRef: modelResourceRef,
          permissions: modelPermissions.filter(
            permission =>
              'resourceType' in permission &&
              permission.resourceType === RESOURCE_TYPE_MODEL_DEPLOYMENT,
          ),
          rules: [isTeamMember],
        });
        permissionsRegistry.addPermissions([platformReadPermission]);

        const cache = WatchCache.create({ registry: deps.registry, logger });
        const signals = ChangePublisher.create({
          intervalMs: SIGNAL_INTERVAL_MS,
          logger,
          publish: version =>
            deps.signals.publish({
              recipients: { type: 'broadcast' },
              channel: CHANGES_CHANNEL,
              message: { version },
            }),
        });
        const events = ChangePublisher.create({
          intervalMs: EVENT_INTERVAL_MS,
          logger,
          publish: version =>
            deps.events.publish({
              topic: MODELS_CHANGED_TOPIC,
              eventPayload: { version },
            }),
        });
        cache.subscribe(version => {
          signals.changed(version);
          events.changed(version);
        });

        deps.httpRouter.use(
          createRouter({
            ...deps,
            cache,
            config,
            runtimes,
            routes: Routes.create(deps),
            authorization: Authorization.create({ ...deps, cache }),
            teams: PlatformTeams.fromConfig(deps.config),
            logs: LogSnapshots.create(),
            writer: DeploymentWriter.create({
              profiles: config.profiles,
              runtimes,
              logger,
            }),
            serviceWriter: ServiceWriter.create({ logger }),
          }),
        );
        cache.start();
        lifecycle.addShutdownHook(() => {
          cache.stop();
          signals.stop();
          events.stop();
        });
      },
    });
  },
});
