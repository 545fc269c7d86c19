import type {
  DashboardDocument,
  DashboardProblem,
  DashboardSummary,
} from '@llm-platform/plugin-grafana-panels-common';
import type { Selectable } from './selector';

/** A dashboard of a list, with what a selector may ask of it. */
export interface ListedDashboard {
  summary: DashboardSummary;
  selectable: Selectable;
}

/** Where dashboards come from. */
export interface DashboardSource {
  id: string;
  list(): Promise<{ items: ListedDashboard[]; problems: DashboardProblem[] }>;
  /** Throws a NotFoundError, or a QueryFailure when the source doesn't answer. */
  get(uid: string): Promise<DashboardDocument>;
}
