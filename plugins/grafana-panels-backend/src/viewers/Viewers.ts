import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  modelReadPermission,
  platformReadPermission,
} from '@llm-platform/plugin-models-common';
import { teamsOf } from '@llm-platform/plugin-models-node';

export type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/** Somebody who looks at panels. */
export interface Viewer {
  /** Entity ref of the person. */
  user: string;
  /** Whose series the person may see. */
  teams: 'all' | string[];
}

/** Decides what a person may see, on every request: nothing is remembered that could be revoked. */
export class Viewers {
  readonly #permissions: PermissionsService;

  constructor(permissions: PermissionsService) {
    this.#permissions = permissions;
  }

  /** The teams are those whose models the person may read. */
  async viewerOf(credentials: UserCredentials): Promise<Viewer> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: modelReadPermission }],
      { credentials },
    );
    const teams = teamsOf(decision);
    if (teams.length === 0) {
      throw new NotAllowedError(
        'Not allowed: you are in no team, so there are no series that you may see',
      );
    }
    return { user: credentials.principal.userEntityRef, teams };
  }

  /** Dashboards hold no data: who may see the platform may see them. Throws a NotAllowedError. */
  async requireDashboards(credentials: UserCredentials): Promise<void> {
    const [{ result }] = await this.#permissions.authorize(
      [{ permission: platformReadPermission }],
      { credentials },
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError('Not allowed to see dashboards');
    }
  }
}
