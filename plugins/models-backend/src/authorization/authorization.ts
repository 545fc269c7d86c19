import {
  BackstageCredentials,
  BackstageUserPrincipal,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  type PermissionRuleset,
} from '@backstage/plugin-permission-node';
import {
  labels,
  platformReadPermission,
  type ModelResource,
} from '@llm-platform/plugin-models-common';
import {
  modelResourceRef,
  type ModelResourceFilter,
} from '@llm-platform/plugin-models-node';
import type { ClusterCache, WatchCache } from '../watch';

/** What one person may do under one permission. */
export interface TeamAccess {
  /** Everything, also what belongs to no team. */
  readonly isUnrestricted: boolean;
  /** Whether it covers what belongs to the team; `undefined` = to no team. */
  covers(team: string | undefined): boolean;
}

/**
 * Who may do what: the one place that knows. A team owns the namespaces that carry its label, so what decides is the
 * label of the namespace, never one of the object, which whoever wrote the object could choose.
 */
export class Authorization {
  readonly #cache: WatchCache;
  readonly #permissions: PermissionsService;
  readonly #ruleset: PermissionRuleset<
    ModelResource,
    ModelResourceFilter,
    string
  >;

  static create(options: {
    cache: WatchCache;
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
  }): Authorization {
    return new Authorization(options);
  }

  private constructor(options: {
    cache: WatchCache;
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
  }) {
    this.#cache = options.cache;
    this.#permissions = options.permissions;
    this.#ruleset =
      options.permissionsRegistry.getPermissionRuleset(modelResourceRef);
  }

  /** Team that owns a namespace; `undefined` when it has no owner or isn't there. */
  teamOf(cluster: ClusterCache, namespace: string): string | undefined {
    return cluster.get('namespaces', namespace)?.metadata.labels?.[labels.team];
  }

  /** Owner by namespace, of the whole cluster. */
  namespaceTeams(cluster: ClusterCache): Record<string, string> {
    const teams: Record<string, string> = {};
    for (const { metadata } of cluster.list('namespaces')) {
      const team = metadata.labels?.[labels.team];
      if (team) {
        teams[metadata.name] = team;
      }
    }
    return teams;
  }

  /** Every team that owns a namespace on some cluster. */
  teams(): string[] {
    const teams = this.#cache
      .getReadClusters()
      .flatMap(cluster => Object.values(this.namespaceTeams(cluster)));
    return [...new Set(teams)].sort();
  }

  async access(
    permission: ResourcePermission,
    options: { credentials: BackstageCredentials },
  ): Promise<TeamAccess> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      options,
    );
    return toAccess(decision, createConditionAuthorizer(this.#ruleset));
  }

  /** Teams whose objects may be named to this person; `undefined` = all. */
  viewerTeams(access: TeamAccess): string[] | undefined {
    return access.isUnrestricted
      ? undefined
      : this.teams().filter(team => access.covers(team));
  }

  /** Throws a NotAllowedError unless the person may do this in the namespace. Answers its team. */
  async requireInNamespace(
    permission: ResourcePermission,
    where: { cluster: string; namespace: string },
    options: { credentials: BackstageCredentials },
  ): Promise<string | undefined> {
    const cluster = this.#cache.getCluster(where.cluster);
    const access = await this.access(permission, options);
    const team = this.teamOf(cluster, where.namespace);
    if (!access.covers(team)) {
      throw new NotAllowedError(
        team
          ? `Not allowed: namespace '${where.namespace}' belongs to team '${team}'`
          : `Not allowed: namespace '${where.namespace}' belongs to none of your teams`,
      );
    }
    if (!cluster.get('namespaces', where.namespace)) {
      throw new NotFoundError(
        `There is no namespace '${where.namespace}' on cluster '${where.cluster}'`,
      );
    }
    return team;
  }

  async requireTeam(
    permission: ResourcePermission,
    team: string,
    options: { credentials: BackstageCredentials },
  ): Promise<void> {
    const access = await this.access(permission, options);
    if (!access.covers(team)) {
      throw new NotAllowedError(`Not allowed: you are not in team '${team}'`);
    }
  }

  /** Throws unless the person may see the figures of the whole platform. */
  async requirePlatform(options: {
    credentials: BackstageCredentials;
  }): Promise<void> {
    const [{ result }] = await this.#permissions.authorize(
      [{ permission: platformReadPermission }],
      options,
    );
    if (result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError('Not allowed to see the platform');
    }
  }
}

function toAccess(
  decision: PolicyDecision,
  isCovered: (decision: PolicyDecision, resource: ModelResource) => boolean,
): TeamAccess {
  const isUnrestricted = decision.result === AuthorizeResult.ALLOW;
  return {
    isUnrestricted,
    covers: team =>
      isUnrestricted || (team !== undefined && isCovered(decision, { team })),
  };
}

/** The person behind a request, for records. */
export function userRefOf(
  credentials: BackstageCredentials<BackstageUserPrincipal>,
): string {
  return credentials.principal.userEntityRef;
}
