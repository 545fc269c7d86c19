import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ActiveChats } from './chat/ActiveChats';
import { playgroundClustersServiceRef } from './clusters';
import { GatewayClient } from './gateway';
import { KeyPublisher, SigningKeys } from './keys';
import { UsableModels } from './models';
import { createRouter } from './router';

/**
 * Chat with the deployed models, through the gateway, as the signed-in user.
 *
 * @public
 */
export const playgroundPlugin = createBackendPlugin({
  pluginId: 'playground',
  register(env) {
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        clusters: playgroundClustersServiceRef,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        scheduler: coreServices.scheduler,
      },
      async init(deps) {
        const {
          auditor,
          auth,
          clusters,
          discovery,
          httpAuth,
          logger,
          permissions,
        } = deps;
        const chats = new ActiveChats();
        const gateway = GatewayClient.create();
        const keys = SigningKeys.create();
        const publisher = KeyPublisher.create({
          keys,
          logger,
          stores: () => clusters.keyStores(),
        });

        deps.httpRouter.use(
          createRouter({
            auditor,
            chats,
            clusters,
            gateway,
            httpAuth,
            keys,
            logger,
            models: UsableModels.create({ auth, discovery, permissions }),
            publisher,
          }),
        );

        // Each replica has its own key, so each has to publish: scope local
        await deps.scheduler.scheduleTask({
          id: 'publish-signing-keys',
          scope: 'local',
          frequency: { seconds: 20 },
          timeout: { seconds: 60 },
          fn: () => publisher.publishAll(),
        });
        deps.lifecycle.addShutdownHook(async () => {
          chats.abortAll();
          await gateway.close();
        });
      },
    });
  },
});
