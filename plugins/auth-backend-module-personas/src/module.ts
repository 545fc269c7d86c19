import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { personasAuthenticator } from './authenticator';
import { requireDevelopment } from './guard';

/**
 * Sign-in as one of the configured personas, for development.
 *
 * @public
 */
export const authModulePersonas = createBackendModule({
  pluginId: 'auth',
  moduleId: 'personas',
  register(env) {
    env.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, logger, providers }) {
        if (!config.has('auth.providers.personas')) {
          return;
        }
        requireDevelopment({ config, nodeEnv: process.env.NODE_ENV });
        logger.warn(
          'Sign-in without a password is on: anybody on this machine can be any of the configured personas',
        );
        providers.registerProvider({
          providerId: 'personas',
          factory: createProxyAuthProviderFactory({
            authenticator: personasAuthenticator,
            signInResolver: async ({ result }, ctx) =>
              ctx.signInWithCatalogUser({
                entityRef: parseEntityRef(result.entityRef),
              }),
          }),
        });
      },
    });
  },
});
