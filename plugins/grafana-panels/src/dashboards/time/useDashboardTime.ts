import type { Dashboard } from '@llm-platform/plugin-grafana-panels-common';
import { useTimeRange, type LiveTimeRange } from './useTimeRange';

/** The time that a reader chose, and the dashboard's own where they chose none. */
export function useDashboardTime(
  dashboard: Dashboard,
  chosen: { from?: string; to?: string; refresh?: string },
): LiveTimeRange {
  return useTimeRange({
    raw: {
      from: chosen.from ?? dashboard.time.from,
      to: chosen.to ?? dashboard.time.to,
    },
    refresh: chosen.refresh ?? dashboard.refresh,
    timeZone: dashboard.timeZone,
  });
}
