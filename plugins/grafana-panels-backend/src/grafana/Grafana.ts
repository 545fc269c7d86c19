import { NotFoundError } from '@backstage/errors';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { GrafanaInstance } from '../config';
import { QueryFailure } from '../failures';
import { JsonClient, Remembered, requireAccess } from '../http';
import { PrometheusApi } from '../prometheus';
import { fillLibraryPanels } from './libraryPanels';

const TIMEOUT_MS = 10_000;
const REMEMBER_MS = 30_000;
/** As many as Grafana gives at once. */
const MAX_DASHBOARDS = 5_000;
const MAX_LIST_BYTES = 8 * 1024 * 1024;
const MAX_DASHBOARD_BYTES = 5 * 1024 * 1024;

/** Where a 404 means what was asked for, and not that Grafana is elsewhere. */
const OF_ONE_DASHBOARD = /^\/api\/(dashboards\/uid|library-elements)\//;

const UID = /^[a-zA-Z0-9_-]{1,100}$/;

const searchSchema = z.array(
  z.object({
    uid: z.string(),
    title: z.string(),
    url: z.string().default(''),
    tags: z.array(z.string()).nullish(),
    folderTitle: z.string().optional(),
    folderUrl: z.string().optional(),
  }),
);

const dashboardSchema = z.object({
  dashboard: z.record(z.string(), z.unknown()),
  meta: z.object({ url: z.string().optional() }).optional(),
});

const elementSchema = z.object({
  result: z.object({ model: z.record(z.string(), z.unknown()) }),
});

const dataSourcesSchema = z.array(
  z.object({
    uid: z.string(),
    name: z.string(),
    type: z.string(),
    isDefault: z.boolean().default(false),
  }),
);

/** A dashboard as Grafana's search describes it. */
export type FoundDashboard = z.infer<typeof searchSchema>[number];

export interface GrafanaDataSource {
  uid: string;
  name: string;
  isDefault: boolean;
}

/** One configured Grafana, read through its HTTP API with a service account. Calls throw a QueryFailure. */
export class Grafana {
  readonly id: string;
  readonly teamLabel: string;
  readonly #instance: GrafanaInstance;
  readonly #client: JsonClient;
  readonly #search = new Remembered<FoundDashboard[]>(REMEMBER_MS);
  readonly #dataSources = new Remembered<z.infer<typeof dataSourcesSchema>>(
    REMEMBER_MS,
  );

  constructor(instance: GrafanaInstance, dispatcher: Dispatcher) {
    this.id = instance.id;
    this.teamLabel = instance.teamLabel;
    this.#instance = instance;
    this.#client = new JsonClient({
      name: `Grafana ${instance.title ?? instance.id}`,
      baseUrl: instance.url,
      headers: { authorization: `Bearer ${instance.token}` },
      dispatcher,
    });
  }

  /** Those that the service account may read, at most 5,000. */
  dashboards(): Promise<FoundDashboard[]> {
    return this.#search.get(() =>
      this.#read('/api/search', searchSchema, {
        maxBytes: MAX_LIST_BYTES,
        params: {
          type: 'dash-db',
          limit: String(MAX_DASHBOARDS),
          tag: this.#instance.tag,
        },
      }),
    );
  }

  /** A dashboard's JSON with its library panels; throws a NotFoundError. */
  async dashboard(uid: string): Promise<{
    dashboard: Record<string, unknown>;
    url?: string;
    problems: string[];
  }> {
    const known = UID.test(uid) && (await this.#isShown(uid));
    if (!known) {
      throw new NotFoundError(
        `Grafana ${this.id} has no dashboard '${uid}' that the portal may show`,
      );
    }
    const { dashboard, meta } = await this.#read(
      `/api/dashboards/uid/${uid}`,
      dashboardSchema,
      { maxBytes: MAX_DASHBOARD_BYTES },
    );
    return {
      ...(await fillLibraryPanels(dashboard, element =>
        this.#libraryPanel(element),
      )),
      url: this.publicUrl(meta?.url),
    };
  }

  /** Where people find a path of this Grafana. */
  publicUrl(path: string | undefined): string | undefined {
    if (!path) {
      return undefined;
    }
    const base = new URL(this.#instance.publicUrl ?? this.#instance.url);
    // Behind a subpath, Grafana's own paths already have it
    const found = new URL(path, base);
    return found.origin === base.origin ? found.href : undefined;
  }

  /** Those of the configuration, else all that Grafana has. */
  async prometheusDataSources(): Promise<GrafanaDataSource[]> {
    const { dataSources } = this.#instance;
    if (dataSources) {
      return dataSources.map(({ uid, title }, i) => ({
        uid,
        name: title ?? uid,
        isDefault: i === 0,
      }));
    }
    const all = await this.#dataSources.get(() =>
      this.#read('/api/datasources', dataSourcesSchema, {
        maxBytes: MAX_LIST_BYTES,
      }),
    );
    return all.filter(({ type }) => isPrometheus(type));
  }

  /** The API of a data source, through Grafana's proxy. */
  async prometheus(uid: string): Promise<PrometheusApi> {
    const found = (await this.prometheusDataSources()).find(
      source => source.uid === uid,
    );
    if (!found || !UID.test(uid)) {
      throw new QueryFailure(
        'refused',
        `Grafana ${this.id} has no Prometheus data source '${uid}'.`,
      );
    }
    return new PrometheusApi(
      this.#client.at(
        `/api/datasources/proxy/uid/${uid}`,
        `${found.name} of ${this.#client.name}`,
      ),
    );
  }

  /** A tag in the configuration hides everything else, also from who knows a uid. */
  async #isShown(uid: string): Promise<boolean> {
    return (
      !this.#instance.tag ||
      (await this.dashboards()).some(dashboard => dashboard.uid === uid)
    );
  }

  async #libraryPanel(uid: string): Promise<Record<string, unknown>> {
    if (!UID.test(uid)) {
      throw new NotFoundError(`'${uid}' is no uid of a library panel`);
    }
    const { result } = await this.#read(
      `/api/library-elements/${uid}`,
      elementSchema,
      { maxBytes: MAX_DASHBOARD_BYTES },
    );
    return result.model;
  }

  async #read<T>(
    path: string,
    schema: z.ZodType<T>,
    options: {
      maxBytes: number;
      params?: Record<string, string | undefined>;
    },
  ): Promise<T> {
    const { name } = this.#client;
    const { status, body } = await this.#client.ask({
      path,
      ...options,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (status === 404 && OF_ONE_DASHBOARD.test(path)) {
      throw new NotFoundError(`${name} has no such dashboard`);
    }
    requireAccess(name, status);
    if (status !== 200) {
      throw new QueryFailure(
        'upstream_error',
        `${name} answered with status ${status}.${
          status === 404 ? ' Its URL in the configuration may lack a path.' : ''
        }`,
      );
    }
    const parsed = schema.safeParse(body);
    if (!parsed.success) {
      throw new QueryFailure(
        'upstream_error',
        `${name} answered something unexpected to ${path}. Is the configured address right?`,
      );
    }
    return parsed.data;
  }
}

/** Prometheus itself, and the data sources that Grafana derives from it for the clouds. */
function isPrometheus(type: string): boolean {
  return (
    type === 'prometheus' ||
    type === 'grafana-amazonprometheus-datasource' ||
    type === 'grafana-azureprometheus-datasource'
  );
}
