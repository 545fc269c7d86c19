import { useCallback, useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  parseDashboard,
  type DashboardList,
  type DataSourceList,
  type ParsedDashboard,
} from '@llm-platform/plugin-grafana-panels-common';
import { grafanaPanelsApiRef, type GrafanaPanelsApi } from '../api';
import { isDeniedOrMissing } from '../failures';
import { PanelsData } from './PanelsData';

/** Lists change when somebody saves a dashboard; nobody waits for that. */
const LIST_STALE_MS = 60_000;

/** What could not be read is asked for again by itself. */
const RETRY_MS = 15_000;

/** An answer that is kept while it is asked for again. */
export interface Loaded<T> {
  /** The last good answer, unless it is denied or gone since. */
  data: T | undefined;
  /** Nothing is known yet and nothing failed yet. */
  loading: boolean;
  /** Of the last request; `data` may still be there. */
  error: Error | undefined;
  retry: () => void;
}

/** All dashboards that the viewer may open, or those of an entity. */
export function useDashboards(options?: {
  entity?: string;
}): Loaded<DashboardList> {
  const entity = options?.entity;
  return useLoaded(['dashboards', entity], (api, signal) =>
    api.listDashboards({ entity, signal }),
  );
}

/** One dashboard, parsed; `url` leads to Grafana. */
export function useDashboard(ref: {
  source: string;
  uid: string;
}): Loaded<ParsedDashboard & { url?: string }> {
  const { source, uid } = ref;
  const loaded = useLoaded(['dashboard', source, uid], (api, signal) =>
    api.getDashboard({ source, uid }, { signal }),
  );
  const document = loaded.data;
  const data = useMemo(() => {
    if (!document) {
      return undefined;
    }
    const { dashboard, problems } = parseDashboard(document.dashboard);
    return {
      dashboard,
      problems: [
        ...document.problems.map(({ message }) => ({
          code: 'source',
          severity: 'error' as const,
          message,
        })),
        ...problems,
      ],
      url: document.url,
    };
  }, [document]);
  return { ...loaded, data };
}

/** Every data source that the viewer may ask. */
export function useDataSources(): Loaded<DataSourceList> {
  return useLoaded(['data-sources'], (api, signal) =>
    api.listDataSources({ signal }),
  );
}

function useLoaded<T>(
  key: readonly unknown[],
  load: (api: GrafanaPanelsApi, signal: AbortSignal) => Promise<T>,
): Loaded<T> {
  const api = useApi(grafanaPanelsApiRef);
  const { client } = PanelsData.for(api);
  const { data, error, isLoading, refetch } = useQuery(
    {
      queryKey: ['grafana-panels', ...key],
      queryFn: ({ signal }) => load(api, signal),
      staleTime: LIST_STALE_MS,
      refetchInterval: ({ state }) =>
        state.status === 'error' && !isDeniedOrMissing(state.error)
          ? RETRY_MS
          : false,
    },
    client,
  );
  const retry = useCallback(() => {
    void refetch();
  }, [refetch]);
  return {
    data: isDeniedOrMissing(error) ? undefined : data,
    loading: isLoading,
    error: error ?? undefined,
    retry,
  };
}
