import { isDeepStrictEqual } from 'node:util';
import { AddonVersion, CurrentAddon, PodRole, WantedAddon } from './types';

/** What is to be done next about an add-on. @public */
export type Step =
  | { do: 'create' | 'update'; version: string }
  | { do: 'wait' }
  | { do: 'nothing' }
  | { do: 'fail'; message: string };

/** Changes that were asked for before a difference is taken as a refusal. */
const MAX_CHANGES = 3;

/**
 * The step from what there is towards what is wanted. An add-on that exists is
 * brought to the wanted state, whoever made it (incident 28).
 *
 * @param changes - how often it has been created or changed already
 * @public
 */
export function decide(
  wanted: WantedAddon,
  current: CurrentAddon | undefined,
  versions: readonly AddonVersion[],
  changes: number,
): Step {
  const version = chooseVersion(current, versions);
  if (version === undefined) {
    return fail(
      wanted,
      `has no version for Kubernetes ${wanted.kubernetesVersion}`,
    );
  }
  if (!current) {
    return changes < MAX_CHANGES
      ? { do: 'create', version }
      : fail(wanted, 'was created, and is gone again');
  }
  switch (current.status) {
    case 'CREATING':
    case 'UPDATING':
    case 'DELETING':
      return { do: 'wait' };
    case 'DELETE_FAILED':
      return fail(wanted, describeTrouble(current));
    case 'CREATE_FAILED':
    case 'UPDATE_FAILED':
      // From before: worth a try. Of our own change: that is the outcome.
      return changes === 0
        ? { do: 'update', version }
        : fail(wanted, describeTrouble(current));
    default:
  }
  const differences = differencesOf(wanted, current, version);
  if (differences.length > 0) {
    return changes < MAX_CHANGES
      ? { do: 'update', version }
      : fail(wanted, `does not take its new ${differences.join(', ')}`);
  }
  return current.status === 'ACTIVE' ? { do: 'nothing' } : { do: 'wait' };
}

/** A sentence for whoever reads the stack's events. @public */
export function describeTrouble({ status, issues }: CurrentAddon): string {
  return [`is ${status}`, ...issues].join('; ');
}

/**
 * The version that it has, as long as that goes with the cluster: an add-on
 * that somebody upgraded is not set back.
 */
function chooseVersion(
  current: CurrentAddon | undefined,
  versions: readonly AddonVersion[],
): string | undefined {
  return (
    versions.find(({ version }) => version === current?.version) ??
    versions.find(({ isDefault }) => isDefault) ??
    versions[0]
  )?.version;
}

function differencesOf(
  wanted: WantedAddon,
  current: CurrentAddon,
  version: string,
): string[] {
  return [
    ...(current.version === version ? [] : ['version']),
    ...(isDeepStrictEqual(current.configuration, wanted.configuration)
      ? []
      : ['configuration']),
    ...(isDeepStrictEqual(sorted(current.podRoles), sorted(wanted.podRoles))
      ? []
      : ['roles']),
  ];
}

function sorted(roles: readonly PodRole[]): PodRole[] {
  return [...roles].sort((a, b) =>
    a.serviceAccount.localeCompare(b.serviceAccount),
  );
}

function fail({ addonName }: WantedAddon, what: string): Step {
  return { do: 'fail', message: `The add-on ${addonName} ${what}.` };
}
