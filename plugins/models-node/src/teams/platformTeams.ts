import type { Config } from '@backstage/config';

const DEFAULT_PLATFORM_GROUPS = ['group:default/platform'];
const TEAM_REF = /^group:default\/([^/]+)$/;

/** What a person's ownership claims mean on the platform. @public */
export interface PlatformMembership {
  /** Names of the groups (of the default namespace) that the person belongs to. */
  teams: string[];
  /** Sees and changes everything. */
  isPlatformEngineer: boolean;
}

/**
 * Reads a person's ownership entity refs (`userInfo.getUserInfo(credentials)`) as memberships of teams.
 *
 * @public
 */
export class PlatformTeams {
  readonly #platformGroups: Set<string>;

  static fromConfig(config: Config): PlatformTeams {
    const groups =
      config.getOptionalStringArray('llmPlatform.platformGroups') ??
      DEFAULT_PLATFORM_GROUPS;
    return new PlatformTeams(groups);
  }

  private constructor(platformGroups: string[]) {
    this.#platformGroups = new Set(
      platformGroups.map(ref => ref.toLocaleLowerCase('en-US')),
    );
  }

  membershipOf(ownershipEntityRefs: string[]): PlatformMembership {
    const refs = ownershipEntityRefs.map(ref => ref.toLocaleLowerCase('en-US'));
    const teams = refs.flatMap(ref => TEAM_REF.exec(ref)?.[1] ?? []);
    return {
      teams: [...new Set(teams)].sort(),
      isPlatformEngineer: refs.some(ref => this.#platformGroups.has(ref)),
    };
  }
}
