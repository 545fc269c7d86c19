import type { Variable } from '../variables/types';

/** A dashboard of Grafana in today's form, whatever version its JSON has. @public */
export interface Dashboard {
  uid?: string;
  title: string;
  description?: string;
  tags: string[];
  /** As in the JSON; 0 when it has none. */
  schemaVersion: number;
  time: RawTimeRange;
  /** IANA name, `utc` or `browser`. */
  timeZone: string;
  /** `30s`; undefined: only when asked. */
  refresh?: string;
  /** Offered to the reader. */
  refreshIntervals: string[];
  /** What panels share: nothing, the cursor, or the cursor with its tooltip. */
  sharedCursor: 'off' | 'crosshair' | 'tooltip';
  variables: Variable[];
  annotations: AnnotationSource[];
  links: DashboardLink[];
  rows: DashboardRow[];
}

/** `now-6h`, an ISO time, or Unix milliseconds. @public */
export interface RawTimeRange {
  from: string;
  to: string;
}

/** Panels that fold together. @public */
export interface DashboardRow {
  /** Unique in the dashboard. */
  id: string;
  /** Undefined: the panels before the first row, which don't fold. */
  title?: string;
  collapsed: boolean;
  /** Name of the variable with whose values the row is repeated. */
  repeat?: string;
  /** Of a repeated row: the value that it stands for. */
  repeated?: RepeatedFor;
  /** Ordered by position; `gridPos.y` counts from the row's own top. */
  panels: Panel[];
}

/** In a repeat, the name and its one value. @public */
export interface RepeatedFor {
  variable: string;
  value: string;
  text: string;
}

/** Columns (of 24) and rows (of 30 px, 8 px between). @public */
export interface GridPos {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** @public */
export interface Panel {
  /** Grafana's number as text; of a repeated panel with its value after it. Unique in the dashboard. */
  id: string;
  /** The panel from which a repeat was made; otherwise `id`. */
  sourceId: string;
  /** After migration: `timeseries`, `stat`, …. */
  type: string;
  /** Before migration, where it differs: `graph`. */
  originalType?: string;
  /** Variables are not yet replaced. */
  title: string;
  description?: string;
  transparent: boolean;
  gridPos: GridPos;
  options: Record<string, unknown>;
  fieldConfig: FieldConfigJson;
  transformations: Transformation[];
  dataSource?: DataSourceUse;
  targets: Target[];
  /** Points that a query gives at most; undefined: the panel's width in pixels. */
  maxDataPoints?: number;
  /** Shortest step: `30s`, `>1m`, may hold a variable. */
  interval?: string;
  /** Own range instead of the dashboard's: `1h`. */
  timeFrom?: string;
  /** Moves the range to the past: `1d`. */
  timeShift?: string;
  hideTimeOverride: boolean;
  links: DashboardLink[];
  repeat?: {
    variable: string;
    direction: 'h' | 'v';
    maxPerRow: number;
  };
  /** All that the panel is repeated for: by its row and by itself. */
  repeated: RepeatedFor[];
}

/** `fieldConfig` of a panel's JSON, checked for its shape only. @public */
export interface FieldConfigJson {
  defaults: Record<string, unknown>;
  overrides: Array<{
    matcher: { id: string; options?: unknown };
    properties: Array<{ id: string; value?: unknown }>;
  }>;
}

/** @public */
export interface Transformation {
  id: string;
  disabled?: boolean;
  options: Record<string, unknown>;
  filter?: { id: string; options?: unknown };
  topic?: string;
}

/** What a dashboard says about where data comes from; `uid` may be a variable, old dashboards have a name. @public */
export interface DataSourceUse {
  /** `prometheus`; undefined: not said. */
  type?: string;
  uid?: string;
}

/** A query to Prometheus. @public */
export interface Target {
  refId: string;
  expr: string;
  dataSource?: DataSourceUse;
  legendFormat?: string;
  /** `range` and `instant` may both be asked for. */
  range: boolean;
  instant: boolean;
  format: 'time_series' | 'table' | 'heatmap';
  /** Shortest step of this query. */
  interval?: string;
  /** Multiplies the step. */
  intervalFactor: number;
  hide: boolean;
}

/** Marks on the time axis from a query. @public */
export interface AnnotationSource {
  name: string;
  enabled: boolean;
  /** No switch is shown for it. */
  hidden: boolean;
  color: string;
  expr: string;
  dataSource?: DataSourceUse;
  /** `60s` */
  step?: string;
  titleFormat?: string;
  textFormat?: string;
  tagKeys: string[];
  /** Values are Unix milliseconds at which it happened. */
  useValueForTime: boolean;
  /** Only on (or, with `exclude`, not on) the panels of these ids. */
  filter?: { exclude: boolean; ids: string[] };
}

/** @public */
export interface DashboardLink {
  title: string;
  /** `dashboards`: to all with these tags. */
  kind: 'link' | 'dashboards';
  url?: string;
  tags: string[];
  tooltip?: string;
  newTab: boolean;
  keepTime: boolean;
  includeVariables: boolean;
}

/** What the portal shows otherwise than Grafana would, or not at all. @public */
export interface DashboardNotice {
  /** Stable, for tests and for counting. */
  code: string;
  /** `error`: something is missing on the screen; `note`: something is approximated. */
  severity: 'error' | 'note';
  message: string;
  panelId?: string;
}

/** @public */
export interface ParsedDashboard {
  /** Undefined: the JSON is no dashboard, `problems` says why. */
  dashboard?: Dashboard;
  problems: DashboardNotice[];
}
