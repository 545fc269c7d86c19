import { NotFoundError, toError } from '@backstage/errors';
import type { ClusterRegistry } from '@llm-platform/plugin-models-node';
import type {
  DashboardProblem,
  DataSourceList,
  DataSourceRef,
  DataSourceSummary,
} from '@llm-platform/plugin-grafana-panels-common';
import type { Dispatcher } from 'undici';
import { QueryFailure } from '../failures';
import type { Grafana } from '../grafana';
import { JsonClient } from '../http';
import { PrometheusApi } from '../prometheus';

/** The label of the platform's own Prometheus that a workload can't choose. */
const TEAM_LABEL = 'team';

/** A Prometheus to ask, and by which label its series belong to teams. */
export interface DataSource {
  /** The same for the same data source. */
  key: string;
  api: PrometheusApi;
  teamLabel: string;
}

/** The Prometheus of each cluster, and those that the configured Grafanas know. */
export class DataSources {
  readonly #registry: ClusterRegistry;
  readonly #grafanas: Grafana[];
  readonly #dispatcher: Dispatcher;

  constructor(options: {
    registry: ClusterRegistry;
    grafanas: Grafana[];
    dispatcher: Dispatcher;
  }) {
    this.#registry = options.registry;
    this.#grafanas = options.grafanas;
    this.#dispatcher = options.dispatcher;
  }

  /** Throws a NotFoundError for what isn't configured, and a QueryFailure for what has no Prometheus behind it. */
  async resolve(ref: DataSourceRef): Promise<DataSource> {
    return ref.kind === 'prometheus'
      ? this.#ofCluster(ref.cluster)
      : this.#ofGrafana(ref);
  }

  async list(): Promise<DataSourceList> {
    const items: DataSourceSummary[] = this.#registry
      .getClusters()
      .filter(({ prometheusUrl }) => prometheusUrl)
      .map(({ name, title }) => ({
        kind: 'prometheus',
        cluster: name,
        title: title ?? name,
      }));
    const problems: DashboardProblem[] = [];
    await Promise.all(
      this.#grafanas.map(async grafana => {
        try {
          const found = await grafana.prometheusDataSources();
          items.push(
            ...found.map(({ uid, name, isDefault }) => ({
              kind: 'grafana' as const,
              instance: grafana.id,
              uid,
              title: name,
              isDefault,
            })),
          );
        } catch (error) {
          problems.push({
            source: grafana.id,
            message: toError(error).message,
          });
        }
      }),
    );
    return { items, problems };
  }

  #ofCluster(name: string): DataSource {
    const { prometheusUrl, title } = this.#registry.getCluster(name);
    if (!prometheusUrl) {
      throw new QueryFailure(
        'unreachable',
        `Cluster ${name} has no Prometheus configured (llmPlatform.clusters[].prometheus.url).`,
      );
    }
    return {
      key: JSON.stringify(['prometheus', name]),
      teamLabel: TEAM_LABEL,
      api: new PrometheusApi(
        new JsonClient({
          name: `Prometheus of ${title ?? name}`,
          baseUrl: prometheusUrl,
          dispatcher: this.#dispatcher,
        }),
      ),
    };
  }

  async #ofGrafana({
    instance,
    uid,
  }: {
    instance: string;
    uid: string;
  }): Promise<DataSource> {
    const grafana = this.#grafanas.find(({ id }) => id === instance);
    if (!grafana) {
      throw new NotFoundError(`There is no Grafana named '${instance}'`);
    }
    return {
      key: JSON.stringify(['grafana', instance, uid]),
      teamLabel: grafana.teamLabel,
      api: await grafana.prometheus(uid),
    };
  }
}
