import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { clusterRegistryServiceRef } from '@llm-platform/plugin-models-node';
import { Agent } from 'undici';
import { readPanelsConfig } from './config';
import { Dashboards, FileDashboards, GrafanaDashboards } from './dashboards';
import { DataSources } from './dataSources';
import { Grafana } from './grafana';
import { Queries } from './queries';
import { createRouter } from './routes';
import { Viewers } from './viewers';

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Dashboards and their data, of the viewer's teams only.
 *
 * @public
 */
export const grafanaPanelsPlugin = createBackendPlugin({
  pluginId: 'grafana-panels',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        registry: clusterRegistryServiceRef,
      },
      async init(deps) {
        const config = readPanelsConfig(deps.config);
        const dispatcher = new Agent({
          connect: { timeout: CONNECT_TIMEOUT_MS },
        });
        const grafanas = config.grafana.map(
          instance => new Grafana(instance, dispatcher),
        );
        const sources = new DataSources({
          registry: deps.registry,
          grafanas,
          dispatcher,
        });
        deps.httpRouter.use(
          createRouter({
            ...deps,
            sources,
            dashboards: new Dashboards([
              ...(config.dashboardsPath
                ? [new FileDashboards(config.dashboardsPath)]
                : []),
              ...grafanas.map(grafana => new GrafanaDashboards(grafana)),
            ]),
            queries: new Queries({
              sources,
              limits: config.limits,
              logger: deps.logger,
            }),
            viewers: new Viewers(deps.permissions),
          }),
        );
        deps.lifecycle.addShutdownHook(() => dispatcher.destroy());
      },
    });
  },
});
