import type {
  DashboardList,
  ParsedDashboard,
} from '@llm-platform/plugin-grafana-panels-common';

/** An answer that is kept while it is asked for again. */
export interface Loaded<T> {
  data: T | undefined;
  loading: boolean;
  error: Error | undefined;
  retry: () => void;
}

/** All dashboards that the viewer may open, or those of an entity. */
export function useDashboards(options?: {
  entity?: string;
}): Loaded<DashboardList> {
  throw new Error(`not built yet: ${options?.entity}`);
}

/** One dashboard, parsed; `url` leads to Grafana. */
export function useDashboard(ref: {
  source: string;
  uid: string;
}): Loaded<ParsedDashboard & { url?: string }> {
  throw new Error(`not built yet: ${ref.uid}`);
}
