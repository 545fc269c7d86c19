import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import {
  createApplyAction,
  createPreflightAction,
  createWaitReadyAction,
} from './actions';
import { ModelsClient } from './client';

/**
 * Template actions that deploy models.
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
        discovery: coreServices.discovery,
        scaffolder: scaffolderActionsExtensionPoint,
      },
      async init({ auth, discovery, scaffolder }) {
        const client = ModelsClient.create({ auth, discovery });
        scaffolder.addActions(
          createPreflightAction({ client }),
          createApplyAction({ client }),
          createWaitReadyAction({ client }),
        );
      },
    });
  },
});
