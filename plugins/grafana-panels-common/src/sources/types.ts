/**
 * Where dashboards and data come from: `GET /api/grafana-panels/v1/{dashboards,data-sources}`.
 *
 * @packageDocumentation
 */

/** Dashboards of the portal's own files have this source; any other is the id of a Grafana. @public */
export const FILES_SOURCE = 'files';

/** @public */
export interface DashboardSummary {
  /** {@link FILES_SOURCE} or the id of a Grafana. */
  source: string;
  uid: string;
  title: string;
  tags: string[];
  folder?: string;
  /** The dashboard in Grafana. */
  url?: string;
}

/** What could not be read; everything else is there all the same. @public */
export interface DashboardProblem {
  source: string;
  /** What was wrong and where. */
  message: string;
}

/** @public */
export interface DashboardList {
  items: DashboardSummary[];
  problems: DashboardProblem[];
}

/** One dashboard as it was exported or stored: Grafana's JSON, library panels filled in. @public */
export interface DashboardDocument {
  source: string;
  dashboard: unknown;
  url?: string;
  /** Library panels that could not be read, for example. */
  problems: DashboardProblem[];
}

/** A Prometheus that queries can be sent to. @public */
export type DataSourceSummary =
  | { kind: 'prometheus'; cluster: string; title: string }
  | {
      kind: 'grafana';
      instance: string;
      uid: string;
      title: string;
      isDefault: boolean;
    };

/** @public */
export interface DataSourceList {
  items: DataSourceSummary[];
  problems: DashboardProblem[];
}
