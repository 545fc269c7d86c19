import {
  AuthService,
  BackstageCredentials,
  BackstageUserInfo,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  isPermission,
  isResourcePermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  platformReadPermission,
  RESOURCE_TYPE_MODEL_DEPLOYMENT,
} from '@llm-platform/plugin-models-common';
import {
  createModelConditionalDecision,
  modelConditions,
  type PlatformTeams,
} from '@llm-platform/plugin-models-node';
import { ownEntities, readableEntities } from './catalogConditions';
import { ownTasks } from './scaffolderConditions';

const ALLOW: PolicyDecision = { result: AuthorizeResult.ALLOW };
const DENY: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * What members may do without looking at whose it is. Everything that is in none of the lists is denied, so that a
 * plugin added later brings nobody a permission by itself.
 */
const MEMBERS_MAY = new Set([
  'catalog.location.read',
  'kubernetes.clusters.read',
  // The Kubernetes plugin shows what belongs to an entity, after asking the catalog for it as the person.
  'kubernetes.resources.read',
  'scaffolder.action.execute',
  'scaffolder.task.create',
  'scaffolder.template.parameter.read',
  'scaffolder.template.step.read',
]);

/**
 * What nobody may. The Kubernetes plugin's proxy passes any request on with the portal's own rights: past the audit log,
 * and to clusters that are read-only for the portal.
 */
const NOBODY_MAY = new Set(['kubernetes.proxy']);

/**
 * The platform's policy: platform engineers may do everything else, members what concerns their own teams, nobody else
 * anything.
 */
export class PlatformPermissionPolicy implements PermissionPolicy {
  readonly #auth: AuthService;
  readonly #userInfo: UserInfoService;
  readonly #teams: PlatformTeams;

  static create(options: {
    auth: AuthService;
    userInfo: UserInfoService;
    teams: PlatformTeams;
  }): PlatformPermissionPolicy {
    return new PlatformPermissionPolicy(options);
  }

  private constructor(options: {
    auth: AuthService;
    userInfo: UserInfoService;
    teams: PlatformTeams;
  }) {
    this.#auth = options.auth;
    this.#userInfo = options.userInfo;
    this.#teams = options.teams;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (NOBODY_MAY.has(permission.name)) {
      return DENY;
    }
    const info = user && (await this.#infoOf(user.credentials));
    if (!info) {
      return DENY;
    }
    const { teams, isPlatformEngineer } = this.#teams.membershipOf(
      info.ownershipEntityRefs,
    );
    return isPlatformEngineer
      ? ALLOW
      : decideForMember(permission, info, teams);
  }

  async #infoOf(
    credentials: BackstageCredentials,
  ): Promise<BackstageUserInfo | undefined> {
    return this.#auth.isPrincipal(credentials, 'user')
      ? this.#userInfo.getUserInfo(credentials)
      : undefined;
  }
}

function decideForMember(
  permission: Permission,
  info: BackstageUserInfo,
  teams: string[],
): PolicyDecision {
  if (isPermission(permission, platformReadPermission)) {
    return ALLOW;
  }
  if (isResourcePermission(permission, RESOURCE_TYPE_MODEL_DEPLOYMENT)) {
    return teams.length === 0
      ? DENY
      : createModelConditionalDecision(
          permission,
          modelConditions.isTeamMember({ teams }),
        );
  }
  switch (permission.name) {
    case 'catalog.entity.read':
      return readableEntities(info.ownershipEntityRefs);
    case 'catalog.entity.refresh':
      return ownEntities(info.ownershipEntityRefs);
    case 'scaffolder.task.read':
    case 'scaffolder.task.cancel':
      return ownTasks(info.userEntityRef);
    default:
      return MEMBERS_MAY.has(permission.name) ? ALLOW : DENY;
  }
}
