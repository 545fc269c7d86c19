import {
  ServiceError,
  type InvokeOptions,
  type ModelAnswer,
  type ModelClient,
  type ModelPayload,
  type OtherModel,
  type ServedModel,
} from '@llm-platform/service-kit';
import type { VariantTarget } from './envVariants';

interface Variant {
  client: ModelClient;
  /** What the client is asked for; its own default where undefined. */
  servedName: string | undefined;
}

/**
 * The configured variants as one model whose `variant` is their name. Without
 * configuration, a variant is whatever the default backend serves.
 */
export class VariantModels implements ModelClient {
  readonly checksAreFree: boolean;
  private readonly standard: ModelClient;
  private readonly configured: Map<string, Variant> | undefined;

  constructor(
    targets: Map<string, VariantTarget> | undefined,
    connect: (other?: OtherModel) => ModelClient,
  ) {
    this.standard = connect();
    this.checksAreFree = this.standard.checksAreFree;
    this.configured =
      targets &&
      new Map(
        [...targets].map(([name, target]) => [
          name,
          'baseUrl' in target
            ? {
                client: connect({ baseUrl: target.baseUrl }),
                servedName: undefined,
              }
            : { client: this.standard, servedName: target.servedName },
        ]),
      );
  }

  async invoke(
    payload: ModelPayload,
    options: InvokeOptions,
  ): Promise<ModelAnswer> {
    const { variant } = options;
    if (variant === undefined || !this.configured) {
      return this.standard.invoke(payload, options);
    }
    const found = this.configured.get(variant);
    if (!found) {
      throw new ServiceError(
        'variant_not_found',
        `There is no variant '${variant}'. It has: ${[
          ...this.configured.keys(),
        ].join(', ')}.`,
      );
    }
    return found.client.invoke(payload, {
      ...options,
      variant: found.servedName,
    });
  }

  check(signal?: AbortSignal): Promise<void> {
    return this.standard.check(signal);
  }

  async variants(signal?: AbortSignal): Promise<ServedModel[] | undefined> {
    return this.configured
      ? [...this.configured.keys()].map(id => ({ id }))
      : this.standard.variants(signal);
  }

  async close(): Promise<void> {
    // The clients belong to whoever connected them.
  }
}
