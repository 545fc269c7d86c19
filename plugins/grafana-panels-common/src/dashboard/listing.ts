/** One dashboard that can be opened: `GET /v1/dashboards` has them as `items`. @public */
export interface DashboardSummary {
  /** `files`, or the id of a Grafana instance. */
  source: string;
  uid: string;
  title: string;
  tags: string[];
  folder?: string;
  /** The dashboard in Grafana. */
  url?: string;
}

/** A source that could not be read, or a file that is no dashboard. @public */
export interface DashboardListProblem {
  source: string;
  code: string;
  message: string;
}

/** @public */
export interface DashboardList {
  items: DashboardSummary[];
  problems: DashboardListProblem[];
}

/** `GET /v1/dashboards/:source/:uid`. @public */
export interface DashboardDocument {
  source: string;
  /** The JSON as it was read; for `parseDashboard`. */
  dashboard: unknown;
  url?: string;
}
