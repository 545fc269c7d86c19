import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { Inventory } from '@llm-platform/plugin-models-node';

const TIMEOUT_MS = 10_000;

/** Asks the models plugin what it has found. */
export class InventoryClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): InventoryClient {
    return new InventoryClient(options.auth, options.discovery);
  }

  private constructor(auth: AuthService, discovery: DiscoveryService) {
    this.#auth = auth;
    this.#discovery = discovery;
  }

  async read(options: { signal: AbortSignal }): Promise<Inventory> {
    const baseUrl = await this.#discovery.getBaseUrl('models');
    // As the catalog itself, not as a person: entities of all teams are made, and the catalog's own permissions decide
    // who sees which.
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: 'models',
    });
    const response = await fetch(`${baseUrl}/v1/internal/inventory`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.any([
        options.signal,
        AbortSignal.timeout(TIMEOUT_MS),
      ]),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return (await response.json()) as Inventory;
  }
}
