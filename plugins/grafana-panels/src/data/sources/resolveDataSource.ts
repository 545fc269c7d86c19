import {
  FILES_SOURCE,
  interpolateText,
  type DataSourceRef,
  type DataSourceSummary,
  type DataSourceUse,
  type VariableScope,
} from '@llm-platform/plugin-grafana-panels-common';

/** A data source as dashboards of one source name it. */
export interface KnownDataSource {
  ref: DataSourceRef;
  /** Value of a data source variable. */
  uid: string;
  title: string;
  isDefault: boolean;
}

/** Where queries go, or why they can't. */
export type ResolvedDataSource =
  | { ref: DataSourceRef }
  | { error: { code: string; message: string } };

/**
 * The data sources that dashboards of a source may mean: those of their Grafana, or for files the clusters' Prometheus. The
 * default one is first.
 */
export function dataSourcesOf(
  source: string,
  all: readonly DataSourceSummary[],
): KnownDataSource[] {
  if (source === FILES_SOURCE) {
    return all.flatMap(known =>
      known.kind === 'prometheus'
        ? [
            {
              ref: { kind: 'prometheus', cluster: known.cluster },
              uid: known.cluster,
              title: known.title,
              isDefault: false,
            },
          ]
        : [],
    );
  }
  return all
    .flatMap((known): KnownDataSource[] =>
      known.kind === 'grafana' && known.instance === source
        ? [
            {
              ref: { kind: 'grafana', instance: source, uid: known.uid },
              uid: known.uid,
              title: known.title,
              isDefault: known.isDefault,
            },
          ]
        : [],
    )
    .sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
}

/**
 * Where a query goes. A file names the data source of some Grafana, which here is the first cluster unless it is a cluster's
 * name; a dashboard of a Grafana means exactly what it names.
 */
export function resolveDataSource(
  use: DataSourceUse | undefined,
  scope: VariableScope,
  source: string,
  known: readonly KnownDataSource[],
): ResolvedDataSource {
  if (use?.type && !/prometheus/.test(use.type)) {
    return refuse(
      'other_data_source',
      `This query is for ${use.type}, not for a Prometheus; open the panel in Grafana.`,
    );
  }
  if (known.length === 0) {
    return refuse(
      'no_data_source',
      source === FILES_SOURCE
        ? 'No cluster has a Prometheus: set llmPlatform.clusters[].prometheus.url.'
        : `Grafana ${source} has no Prometheus data source that the portal may ask.`,
    );
  }
  const name = use?.uid && interpolateText(use.uid, scope, 'raw');
  const found = known.find(({ uid, title }) => uid === name || title === name);
  if (found) {
    return { ref: found.ref };
  }
  // `${DS_PROMETHEUS}`: chosen at an import that never happened
  const isUnset = !name || name === 'default' || name.includes('$');
  if (isUnset || source === FILES_SOURCE) {
    return { ref: known[0].ref };
  }
  return refuse(
    'no_data_source',
    `Grafana ${source} has no Prometheus data source ${name} that the portal may ask.`,
  );
}

function refuse(code: string, message: string): ResolvedDataSource {
  return { error: { code, message } };
}
