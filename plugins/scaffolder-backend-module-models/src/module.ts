import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  createApplyAction,
  createPreflightAction,
  createServiceActions,
  createWaitReadyAction,
} from './actions';
import { ModelsClient } from './client';
import { readTeamServicesConfig } from './services';

/**
 * Template actions that deploy models and make team services.
 *
 * @public
 */
export const scaffolderModuleModels = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'models',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        scaffolder: scaffolderActionsExtensionPoint,
      },
      async init({ auth, config, discovery, scaffolder }) {
        const client = ModelsClient.create({ auth, discovery });
        scaffolder.addActions(
          createPreflightAction({ client }),
          createApplyAction({ client }),
          createWaitReadyAction({ client }),
          ...createServiceActions({
            client,
            config: readTeamServicesConfig(config),
          }),
        );
      },
    });
  },
});
