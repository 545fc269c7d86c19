import { createApiRef } from '@backstage/frontend-plugin-api';
import type {
  DashboardDocument,
  DashboardList,
  DataSourceRef,
  QueryRequest,
  QueryResponse,
} from '@llm-platform/plugin-grafana-panels-common';

/** What names a series: which values a label has, which labels or metrics there are. */
export interface LabelsRequest {
  dataSource: DataSourceRef;
  /** Unix time in milliseconds. */
  from: number;
  /** Unix time in milliseconds. */
  to: number;
  kind: 'values' | 'names' | 'series' | 'metrics';
  /** Of kind `values`: whose. */
  label?: string;
  /** Selectors; only series that match one of them count. */
  match?: string[];
}

/** Of kind `series` the series' labels, otherwise values. */
export interface LabelsResponse {
  values: string[];
  series?: Array<Record<string, string>>;
}

/** A data source that the viewer may ask. */
export interface DataSourceInfo {
  ref: DataSourceRef;
  /** As dashboards call it. */
  uid: string;
  name: string;
  /** `prometheus` */
  type: string;
  isDefault: boolean;
}

/** What the pages ask of grafana-panels-backend. */
export interface GrafanaPanelsApi {
  /** @param options - `entity`: only dashboards that the entity's annotations select. */
  listDashboards(options?: {
    entity?: string;
    signal?: AbortSignal;
  }): Promise<DashboardList>;
  getDashboard(
    ref: { source: string; uid: string },
    options?: { signal?: AbortSignal },
  ): Promise<DashboardDocument>;
  /** Where dashboards of a source may ask. */
  listDataSources(
    source: string,
    options?: { signal?: AbortSignal },
  ): Promise<{ items: DataSourceInfo[] }>;
  query(
    request: QueryRequest,
    options?: { signal?: AbortSignal },
  ): Promise<QueryResponse>;
  labels(
    request: LabelsRequest,
    options?: { signal?: AbortSignal },
  ): Promise<LabelsResponse>;
}

export const grafanaPanelsApiRef = createApiRef<GrafanaPanelsApi>().with({
  id: 'plugin.grafana-panels.api',
  pluginId: 'grafana-panels',
});
