import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import type {
  ApplyResult,
  ArchitectureLookup,
  DeleteResult,
  DeployRequest,
  FormOptions,
  ListResponse,
  ModelDeploymentDetail,
  ModelDeploymentRef,
  ModelDeploymentSummary,
  PlatformOverview,
  PlatformStatus,
  PreflightReport,
  ServicePreflightReport,
  ServiceRequest,
  TeamServiceDetail,
  TeamView,
} from '@llm-platform/plugin-models-common';
import type { ModelsApi } from './modelsApiRef';
import { readLines } from './readLines';

/** @public */
export interface ModelsClientOptions {
  discoveryApi: DiscoveryApi;
  fetchApi: FetchApi;
}

type LogOptions = Parameters<ModelsApi['streamLogs']>[1];

/**
 * The REST API of models-backend over the browser's authenticated fetch.
 *
 * @public
 */
export class ModelsClient implements ModelsApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: ModelsClientOptions) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  getStatus(): Promise<PlatformStatus> {
    return this.#get('/status');
  }

  getOverview(): Promise<PlatformOverview> {
    return this.#get('/overview');
  }

  listModels(options?: {
    team?: string;
  }): Promise<ListResponse<ModelDeploymentSummary>> {
    return this.#get(`/models${query({ team: options?.team })}`);
  }

  getModel(ref: ModelDeploymentRef): Promise<ModelDeploymentDetail> {
    return this.#get(modelPath(ref));
  }

  getGpus(): ReturnType<ModelsApi['getGpus']> {
    return this.#get('/gpus');
  }

  listTeams(): Promise<ListResponse<{ team: string }>> {
    return this.#get('/teams');
  }

  getTeam(team: string): Promise<TeamView> {
    return this.#get(`/teams/${encodeURIComponent(team)}`);
  }

  getFormOptions(): Promise<FormOptions> {
    return this.#get('/form');
  }

  getArchitecture(model: string): Promise<ArchitectureLookup> {
    return this.#get(`/architectures${query({ model })}`);
  }

  preflight(request: DeployRequest): Promise<PreflightReport> {
    return this.#send('POST', '/preflight', request);
  }

  apply(request: DeployRequest): Promise<ApplyResult> {
    return this.#send('POST', '/models', request);
  }

  scale(
    ref: ModelDeploymentRef,
    replicas: number,
  ): Promise<ModelDeploymentSummary> {
    return this.#send('POST', `${modelPath(ref)}/scale`, { replicas });
  }

  remove(
    ref: ModelDeploymentRef,
    options: { deleteVolume: boolean },
  ): Promise<DeleteResult> {
    return this.#send(
      'DELETE',
      `${modelPath(ref)}${query({
        deleteVolume: String(options.deleteVolume),
      })}`,
    );
  }

  getService(ref: ModelDeploymentRef): Promise<TeamServiceDetail> {
    return this.#get(servicePath(ref));
  }

  preflightService(request: ServiceRequest): Promise<ServicePreflightReport> {
    return this.#send('POST', '/services/preflight', request);
  }

  removeService(ref: ModelDeploymentRef): Promise<DeleteResult> {
    return this.#send('DELETE', servicePath(ref));
  }

  async *streamLogs(
    ref: ModelDeploymentRef,
    options: LogOptions,
  ): AsyncGenerator<string> {
    const path = `${modelPath(ref)}/pods/${encodeURIComponent(
      options.pod,
    )}/logs${query({
      container: options.container,
      previous: options.previous ? 'true' : undefined,
      tailLines: options.tailLines?.toString(),
      follow: options.follow ? 'true' : undefined,
    })}`;
    const response = await this.#request(path, { signal: options.signal });
    if (response.body) {
      yield* readLines(response.body);
    }
  }

  async #get<T>(path: string): Promise<T> {
    return (await this.#request(path)).json();
  }

  async #send<T>(
    method: 'POST' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<T> {
    const response = await this.#request(path, {
      method,
      headers: body ? { 'Content-Type': 'application/json' } : undefined,
      body: body ? JSON.stringify(body) : undefined,
    });
    return response.json();
  }

  async #request(path: string, init?: RequestInit): Promise<Response> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('models');
    const response = await this.#fetchApi.fetch(`${baseUrl}/v1${path}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

function modelPath(ref: ModelDeploymentRef): string {
  return `/models/${partsOf(ref)}`;
}

function servicePath(ref: ModelDeploymentRef): string {
  return `/services/${partsOf(ref)}`;
}

function partsOf(ref: ModelDeploymentRef): string {
  return [ref.cluster, ref.namespace, ref.name]
    .map(encodeURIComponent)
    .join('/');
}

function query(values: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value !== undefined) {
      params.set(key, value);
    }
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}
