import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { PlatformTeams } from '@llm-platform/plugin-models-node';
import { PlatformPermissionPolicy } from './policy';

/**
 * The platform's permission policy.
 *
 * @public
 */
export const permissionModulePlatform = createBackendModule({
  pluginId: 'permission',
  moduleId: 'platform',
  register(env) {
    env.registerInit({
      deps: {
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        policy: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ auth, config, policy, userInfo }) {
        policy.setPolicy(
          PlatformPermissionPolicy.create({
            auth,
            userInfo,
            teams: PlatformTeams.fromConfig(config),
          }),
        );
      },
    });
  },
});
