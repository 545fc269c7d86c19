import type { DataSourceRef } from './types';

/**
 * `POST /api/grafana-panels/v1/labels`: what there is to choose from, of the viewer's teams.
 *
 * @public
 */
export interface LabelRequest {
  dataSource: DataSourceRef;
  /** Unix time in milliseconds. */
  from: number;
  /** Unix time in milliseconds. */
  to: number;
  /** Values of a label, names of labels, whole series, or names of metrics. */
  kind: 'values' | 'names' | 'series' | 'metrics';
  /** Demanded by `values`. */
  label?: string;
  /** Selectors, one of which a series has to match. */
  match?: string[];
}

/** @public */
export interface LabelResponse {
  /** Sorted; empty for `series`. */
  values: string[];
  /** Labels of each series; only for `series`. */
  series?: Array<Record<string, string>>;
  /** What Prometheus itself remarked, and whether the list was cut off. */
  warnings: string[];
}
