import {
  CreateAddonCommand,
  DeleteAddonCommand,
  DescribeAddonCommand,
  DescribeAddonVersionsCommand,
  DescribePodIdentityAssociationCommand,
  EKSClient,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateAddonCommand,
} from '@aws-sdk/client-eks';
import { AddonApi, AddonVersion, PodRole, WantedAddon } from './types';

/**
 * EKS itself, for one add-on.
 *
 * @param client - only `send` is used of it
 * @public
 */
export function eksAddonApi(
  client: Pick<EKSClient, 'send'>,
  wanted: WantedAddon,
): AddonApi {
  const { clusterName, addonName } = wanted;
  const which = { clusterName, addonName };
  const state = (addonVersion: string) => ({
    ...which,
    addonVersion,
    configurationValues: JSON.stringify(wanted.configuration),
    podIdentityAssociations: wanted.podRoles,
    // What was installed by hand, or by kubectl before it was an add-on.
    resolveConflicts: 'OVERWRITE' as const,
  });

  const podRole = async (associationArn: string): Promise<PodRole> => {
    const { association } = await client.send(
      new DescribePodIdentityAssociationCommand({
        clusterName,
        associationId: associationArn.split('/').pop(),
      }),
    );
    return {
      serviceAccount: association?.serviceAccount ?? '',
      roleArn: association?.roleArn ?? '',
    };
  };

  return {
    async describe() {
      const response = await client
        .send(new DescribeAddonCommand(which))
        .catch(ifNotFound);
      const addon = response?.addon;
      if (!addon) {
        return undefined;
      }
      return {
        status: addon.status ?? 'unknown',
        version: addon.addonVersion ?? '',
        configuration: JSON.parse(addon.configurationValues || '{}'),
        podRoles: await Promise.all(
          (addon.podIdentityAssociations ?? []).map(podRole),
        ),
        issues: (addon.health?.issues ?? []).map(
          ({ code, message }) => `${code}: ${message}`,
        ),
      };
    },

    async versions() {
      const { addons = [] } = await client.send(
        new DescribeAddonVersionsCommand({
          addonName,
          kubernetesVersion: wanted.kubernetesVersion,
        }),
      );
      return addons.flatMap(({ addonVersions = [] }) =>
        addonVersions.map(
          ({ addonVersion = '', compatibilities = [] }): AddonVersion => ({
            version: addonVersion,
            isDefault: compatibilities.some(
              ({ defaultVersion }) => defaultVersion,
            ),
          }),
        ),
      );
    },

    async create(version) {
      try {
        await client.send(new CreateAddonCommand(state(version)));
        return true;
      } catch (error) {
        if (error instanceof ResourceInUseException) {
          return false;
        }
        throw error;
      }
    },

    async update(version) {
      await client.send(new UpdateAddonCommand(state(version)));
    },

    async release() {
      await client
        .send(new DeleteAddonCommand({ ...which, preserve: true }))
        .catch(ifNotFound);
    },
  };
}

function ifNotFound(error: unknown): undefined {
  if (error instanceof ResourceNotFoundException) {
    return undefined;
  }
  throw error;
}
