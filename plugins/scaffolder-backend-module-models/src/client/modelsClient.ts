import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type {
  ApplyResult,
  DeleteResult,
  DeployRequest,
  ModelDeploymentDetail,
  ModelDeploymentRef,
  PreflightReport,
  ServicePreflightReport,
  ServiceRequest,
  TeamServiceDetail,
} from '@llm-platform/plugin-models-common';

/** An apply is a dozen requests to the API server, a delete waits for pods to end. */
const TIMEOUT_MS = 90_000;

/** Who asks, and until when the answer is wanted. */
export interface RequestOptions {
  credentials: BackstageCredentials;
  signal?: AbortSignal;
}

/** The models plugin refused or failed, in its own words. */
export class ModelsError extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'ModelsError';
    this.statusCode = statusCode;
  }
}

/** The models plugin's API, asked as the person who started the task. */
export class ModelsClient {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): ModelsClient {
    return new ModelsClient(options.auth, options.discovery);
  }

  private constructor(auth: AuthService, discovery: DiscoveryService) {
    this.#auth = auth;
    this.#discovery = discovery;
  }

  preflight(
    request: DeployRequest,
    options: RequestOptions,
  ): Promise<PreflightReport> {
    return this.#send('POST', '/v1/preflight', options, request);
  }

  apply(request: DeployRequest, options: RequestOptions): Promise<ApplyResult> {
    return this.#send('POST', '/v1/models', options, request);
  }

  getModel(
    ref: ModelDeploymentRef,
    options: RequestOptions,
  ): Promise<ModelDeploymentDetail> {
    return this.#send('GET', pathOf(ref), options);
  }

  preflightService(
    request: ServiceRequest,
    options: RequestOptions,
  ): Promise<ServicePreflightReport> {
    return this.#send('POST', '/v1/services/preflight', options, request);
  }

  /** Rejects unless the person may make this service. */
  authorizeService(
    request: ServiceRequest,
    options: RequestOptions,
  ): Promise<{ team: string }> {
    return this.#send('POST', '/v1/services/authorize', options, request);
  }

  applyService(
    request: ServiceRequest,
    options: RequestOptions,
  ): Promise<ApplyResult> {
    return this.#send('POST', '/v1/services', options, request);
  }

  getService(
    ref: ModelDeploymentRef,
    options: RequestOptions,
  ): Promise<TeamServiceDetail> {
    return this.#send('GET', pathOf(ref, 'services'), options);
  }

  /** Deletes a team service with its key, but only if the run made it. */
  undoService(
    ref: ModelDeploymentRef,
    runId: string,
    options: RequestOptions,
  ): Promise<DeleteResult> {
    const query = new URLSearchParams({ onlyIfCreatedBy: runId });
    return this.#send('DELETE', `${pathOf(ref, 'services')}?${query}`, options);
  }

  /** Deletes it, but only if the run made it; with its volume, unless that was there before the run. */
  undo(
    ref: ModelDeploymentRef,
    runId: string,
    options: RequestOptions,
  ): Promise<DeleteResult> {
    const query = new URLSearchParams({
      deleteVolume: 'true',
      onlyIfCreatedBy: runId,
    });
    return this.#send('DELETE', `${pathOf(ref)}?${query}`, options);
  }

  async #send<T>(
    method: string,
    path: string,
    options: RequestOptions,
    body?: unknown,
  ): Promise<T> {
    const baseUrl = await this.#discovery.getBaseUrl('models');
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: options.credentials,
      targetPluginId: 'models',
    });
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: options.signal
        ? AbortSignal.any([options.signal, timeout])
        : timeout,
    });
    if (!response.ok) {
      const error = await ResponseError.fromResponse(response);
      throw new ModelsError(
        response.status,
        error.body.error.message || error.message,
        error,
      );
    }
    return (await response.json()) as T;
  }
}

function pathOf(
  ref: ModelDeploymentRef,
  collection: 'models' | 'services' = 'models',
): string {
  const [cluster, namespace, name] = [ref.cluster, ref.namespace, ref.name].map(
    encodeURIComponent,
  );
  return `/v1/${collection}/${cluster}/${namespace}/${name}`;
}
