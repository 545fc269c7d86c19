/**
 * What a browser asks of the panels' backend and what it answers: `POST /api/grafana-panels/v1/query`.
 *
 * @packageDocumentation
 */

/** Where a query goes: a Prometheus of a cluster, or a data source of a Grafana. @public */
export type DataSourceRef =
  | { kind: 'prometheus'; cluster: string }
  | { kind: 'grafana'; instance: string; uid: string };

/** One PromQL expression, variables already replaced. @public */
export interface PanelQuery {
  refId: string;
  expr: string;
  /** One value at the end of the range instead of a series. */
  instant?: boolean;
  /** Seconds between two points; the server may answer with a longer one. */
  stepSeconds: number;
}

/** @public */
export interface QueryRequest {
  dataSource: DataSourceRef;
  /** Unix time in milliseconds. */
  from: number;
  /** Unix time in milliseconds. */
  to: number;
  queries: PanelQuery[];
}

/** One series of Prometheus: times in Unix seconds, values as Prometheus has them (`NaN` and infinities too). @public */
export interface Series {
  labels: Record<string, string>;
  times: number[];
  /** JSON knows no NaN or infinity: those are the strings `NaN`, `+Inf`, `-Inf`. */
  values: Array<number | 'NaN' | '+Inf' | '-Inf'>;
}

/** @public */
export interface QueryError {
  /** Stable: `refused`, `bad_query`, `too_large`, `too_many`, `timeout`, `unreachable`, `upstream_error`. */
  code: string;
  /** What was wrong and what to do. */
  message: string;
}

/** Answer to one query: series, or what went wrong. @public */
export interface QueryResult {
  refId: string;
  series?: Series[];
  /** The step that was used. */
  stepSeconds?: number;
  /** What Prometheus was asked, with the viewer's teams in it. */
  executedExpr?: string;
  /** What Prometheus itself remarked. */
  warnings?: string[];
  error?: QueryError;
}

/** @public */
export interface QueryResponse {
  results: QueryResult[];
  /** Unix time in milliseconds at which the data was read. */
  asOf: number;
}
