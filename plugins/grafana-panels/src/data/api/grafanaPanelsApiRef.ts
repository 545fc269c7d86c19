import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  DashboardDocument,
  DashboardList,
  DataSourceList,
  LabelRequest,
  LabelResponse,
  QueryRequest,
  QueryResponse,
} from '@llm-platform/plugin-grafana-panels-common';

interface CallOptions {
  signal?: AbortSignal;
}

/** What the pages ask of grafana-panels-backend. */
export interface GrafanaPanelsApi {
  /** @param options - `entity`: only dashboards that the entity's annotations select. */
  listDashboards(
    options?: CallOptions & { entity?: string },
  ): Promise<DashboardList>;
  getDashboard(
    ref: { source: string; uid: string },
    options?: CallOptions,
  ): Promise<DashboardDocument>;
  /** All that the viewer may ask. */
  listDataSources(options?: CallOptions): Promise<DataSourceList>;
  query(request: QueryRequest, options?: CallOptions): Promise<QueryResponse>;
  labels(request: LabelRequest, options?: CallOptions): Promise<LabelResponse>;
}

export const grafanaPanelsApiRef = createApiRef<GrafanaPanelsApi>().with({
  id: 'plugin.grafana-panels.api',
  pluginId: 'grafana-panels',
});
