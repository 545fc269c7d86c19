import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import type {
  DashboardDocument,
  DashboardList,
  DataSourceList,
  LabelRequest,
  LabelResponse,
  QueryRequest,
  QueryResponse,
} from '@llm-platform/plugin-grafana-panels-common';
import type { GrafanaPanelsApi } from './grafanaPanelsApiRef';

const BASE = 'plugin://grafana-panels/v1';

interface Options {
  signal?: AbortSignal;
}

/** Talks to grafana-panels-backend as the signed-in user. */
export class GrafanaPanelsClient implements GrafanaPanelsApi {
  readonly #fetchApi: FetchApi;

  static create(options: { fetchApi: FetchApi }): GrafanaPanelsClient {
    return new GrafanaPanelsClient(options.fetchApi);
  }

  private constructor(fetchApi: FetchApi) {
    this.#fetchApi = fetchApi;
  }

  listDashboards(
    options?: Options & { entity?: string },
  ): Promise<DashboardList> {
    const query = options?.entity
      ? `?${new URLSearchParams({ entity: options.entity })}`
      : '';
    return this.#send(`/dashboards${query}`, { signal: options?.signal });
  }

  getDashboard(
    ref: { source: string; uid: string },
    options?: Options,
  ): Promise<DashboardDocument> {
    const path = [ref.source, ref.uid].map(encodeURIComponent).join('/');
    return this.#send(`/dashboards/${path}`, { signal: options?.signal });
  }

  listDataSources(options?: Options): Promise<DataSourceList> {
    return this.#send('/data-sources', { signal: options?.signal });
  }

  query(request: QueryRequest, options?: Options): Promise<QueryResponse> {
    return this.#post('/query', request, options);
  }

  labels(request: LabelRequest, options?: Options): Promise<LabelResponse> {
    return this.#post('/labels', request, options);
  }

  #post<T>(path: string, body: unknown, options?: Options): Promise<T> {
    return this.#send(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: options?.signal,
    });
  }

  async #send<T>(path: string, init: RequestInit): Promise<T> {
    const response = await this.#fetchApi.fetch(`${BASE}${path}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}
