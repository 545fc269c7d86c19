import type { ReactNode } from 'react';
import type { FieldConfigSource, GrafanaTheme2 } from '@grafana/data';
import type {
  Dashboard,
  DashboardLink,
  DashboardNotice,
  DashboardRow,
  VariableScope,
  VariableSelection,
  VariableState,
} from '@llm-platform/plugin-grafana-panels-common';
import type { PanelData, TimeRangeMs } from '../types';

/** A dashboard on the screen: everything inside shares its variables, range and requests. */
export interface DashboardDataProviderProps {
  dashboard: Dashboard;
  /** `files`, or the id of a Grafana instance. */
  source: string;
  /** What the reader chose; variables that aren't in it have the dashboard's own choice. */
  selection: VariableSelection;
  timeRange: TimeRangeMs;
  /** Unix milliseconds of the last refresh: another one reads panels and marks again, also of the same range. */
  readAt: number;
  /** IANA name, `utc` or `browser`. */
  timeZone: string;
  theme: GrafanaTheme2;
  /** Names of annotations that the reader switched on or off; others are as in the dashboard. */
  annotations?: Readonly<Record<string, boolean>>;
  children?: ReactNode;
}

/** The dashboard that is on the screen. */
export interface LiveDashboard {
  variables: LiveVariable[];
  /** For titles, links and texts: `interpolateText(title, scope)`. */
  scope: VariableScope;
  /** False while options are still read that panels depend on. */
  ready: boolean;
  /** Rows and panels as shown, repeats unfolded. */
  rows: DashboardRow[];
  /** Found on the way: a variable without options, a data source that isn't there. */
  problems: DashboardNotice[];
  /** What a choice changes: the variable, and back to their defaults (an empty list) those that depend on it. */
  select: (name: string, values: readonly string[]) => Record<string, string[]>;
}

export interface LiveVariable extends VariableState {
  loading: boolean;
  error?: Error;
  retry: () => void;
}

export interface PanelDataOptions {
  /** Pixels; the resolution of the queries. */
  width: number;
  /** False: nothing is asked (the panel is not in sight). Default true. */
  enabled?: boolean;
}

/** One panel, ready to be drawn; variables are replaced everywhere. */
export interface LivePanel {
  data: PanelData;
  /** A request is under way; `data` still has what was there before. */
  fetching: boolean;
  title: string;
  description?: string;
  options: Record<string, unknown>;
  fieldConfig: FieldConfigSource;
  /** What differs from the dashboard's range: `Last 1 hour`, `1d earlier`. */
  timeInfo?: string;
  links: Array<Pick<DashboardLink, 'title' | 'newTab'> & { url: string }>;
  /** What the portal does otherwise than Grafana for this panel. */
  problems: DashboardNotice[];
  retry: () => void;
}
