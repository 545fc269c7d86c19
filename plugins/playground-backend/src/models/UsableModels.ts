import type {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  DiscoveryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  ForwardedError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  modelUsePermission,
  type ClusterError,
} from '@llm-platform/plugin-models-common';
import { coversTeam } from '@llm-platform/plugin-models-node';
import { z } from 'zod';
import type { PlaygroundModel } from './types';

const TIMEOUT_MS = 15_000;

/** Read leniently: only what is used. */
const listSchema = z.object({
  items: z.array(
    z.object({
      cluster: z.string(),
      namespace: z.string(),
      name: z.string(),
      route: z.string(),
      team: z.string(),
      modelId: z.string(),
      state: z.enum([
        'Ready',
        'Starting',
        'Waiting',
        'Degraded',
        'Failing',
        'Stopped',
        'Unknown',
      ]),
      reason: z.string().optional(),
      simulated: z.string().optional(),
    }),
  ),
  errors: z
    .array(
      z.object({
        cluster: z.string(),
        state: z.enum(['starting', 'connecting', 'unreachable']),
        message: z.string(),
        since: z.string().optional(),
      }),
    )
    .default([]),
});

/** Models that the user may use, with the clusters that could not be asked. */
export interface UsableModelsResult {
  items: PlaygroundModel[];
  errors: ClusterError[];
}

interface UsableModelsOptions {
  auth: AuthService;
  discovery: DiscoveryService;
  permissions: PermissionsService;
}

/**
 * Asks models-backend as the user which models there are, and the policy which of
 * them may be used. On every call: nothing is remembered that could be revoked.
 */
export class UsableModels {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  readonly #permissions: PermissionsService;

  static create(options: UsableModelsOptions): UsableModels {
    return new UsableModels(options);
  }

  private constructor(options: UsableModelsOptions) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
    this.#permissions = options.permissions;
  }

  async list(options: {
    credentials: BackstageCredentials<BackstageUserPrincipal>;
  }): Promise<UsableModelsResult> {
    const [readable, [decision]] = await Promise.all([
      this.#readable(options.credentials),
      this.#permissions.authorizeConditional(
        [{ permission: modelUsePermission }],
        { credentials: options.credentials },
      ),
    ]);
    return {
      ...readable,
      items: readable.items.filter(({ team }) => coversTeam(decision, team)),
    };
  }

  async #readable(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<UsableModelsResult> {
    const [baseUrl, { token }] = await Promise.all([
      this.#discovery.getBaseUrl('models'),
      this.#auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: 'models',
      }),
    ]);
    let response: Response;
    try {
      response = await fetch(`${baseUrl}/v1/models`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (caught) {
      throw new ServiceUnavailableError(
        'The list of models is not available: the portal backend did not answer.',
        caught,
      );
    }
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const parsed = listSchema.safeParse(await response.json());
    if (!parsed.success) {
      throw new ForwardedError(
        'The list of models has an unexpected form',
        parsed.error,
      );
    }
    return parsed.data;
  }
}
