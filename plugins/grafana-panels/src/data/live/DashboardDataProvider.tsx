import { createContext, useContext, useMemo } from 'react';
import { useApi } from '@backstage/frontend-plugin-api';
import type { GrafanaTheme2 } from '@grafana/data';
import {
  changesByChoice,
  expandRepeats,
  type Dashboard,
} from '@llm-platform/plugin-grafana-panels-common';
import { useAnnotations, type AnnotationMarks } from '../annotations';
import { grafanaPanelsApiRef } from '../api';
import { dataSourcesOf, type KnownDataSource } from '../sources';
import type { TimeRangeMs } from '../types';
import { useVariables, type LiveChain } from '../variables';
import { PanelsData } from './PanelsData';
import type { DashboardDataProviderProps, LiveDashboard } from './types';
import { useDataSources } from './useDashboards';

/** What panels need of the dashboard around them. */
export interface DashboardContext {
  data: PanelsData;
  dashboard: Dashboard;
  source: string;
  timeRange: TimeRangeMs;
  readAt: number;
  timeZone: string;
  theme: GrafanaTheme2;
  /** Undefined: not read yet. */
  dataSources: readonly KnownDataSource[] | undefined;
  dataSourcesError: Error | undefined;
  retryDataSources: () => void;
  chain: LiveChain;
  annotations: readonly AnnotationMarks[];
  live: LiveDashboard;
}

const Context = createContext<DashboardContext | undefined>(undefined);

const NO_SWITCHES = {};
const NO_SOURCES: readonly KnownDataSource[] = [];

/** Reads variables and panels for what is inside; identical and simultaneous questions are asked together. */
export function DashboardDataProvider(
  props: DashboardDataProviderProps,
): JSX.Element {
  const { dashboard, readAt, selection, source, theme, timeRange, timeZone } =
    props;
  const api = useApi(grafanaPanelsApiRef);
  const data = PanelsData.for(api);
  const listed = useDataSources();
  const dataSources = useMemo(
    () => listed.data && dataSourcesOf(source, listed.data.items),
    [listed.data, source],
  );
  const repeats = useMemo(() => repeatsOf(dashboard), [dashboard]);
  const chain = useVariables({
    api,
    client: data.client,
    source,
    variables: dashboard.variables,
    selection,
    dataSources: dataSources ?? NO_SOURCES,
    range: timeRange,
    timeZone,
    repeats,
    enabled: dataSources !== undefined,
  });
  const { annotations, problems } = useAnnotations({
    sources: dashboard.annotations,
    switched: props.annotations ?? NO_SWITCHES,
    chain,
    range: timeRange,
    readAt,
    source,
    dataSources,
    batcher: data.batcher,
    client: data.client,
  });

  const live = useMemo((): LiveDashboard => {
    const { rows, notices } = expandRepeats(dashboard, chain.scope);
    return {
      variables: chain.states.map(state => {
        const { name } = state.variable;
        return {
          ...state,
          loading: chain.loading.has(name),
          error: chain.errors.get(name),
          retry: () => chain.retry(name),
        };
      }),
      scope: chain.scope,
      ready: chain.pending.size === 0,
      rows,
      problems: [
        ...chain.notices,
        ...notices,
        ...problems,
        ...(listed.data?.problems ?? []).map(({ message }) => ({
          code: 'data-sources',
          severity: 'error' as const,
          message,
        })),
      ],
      select: (name, values) =>
        changesByChoice(dashboard.variables, name, values),
    };
  }, [chain, dashboard, listed.data, problems]);

  const value = useMemo(
    (): DashboardContext => ({
      data,
      dashboard,
      source,
      timeRange,
      readAt,
      timeZone,
      theme,
      dataSources,
      dataSourcesError: listed.data ? undefined : listed.error,
      retryDataSources: listed.retry,
      chain,
      annotations,
      live,
    }),
    [
      annotations,
      chain,
      dashboard,
      data,
      dataSources,
      listed.data,
      listed.error,
      listed.retry,
      live,
      readAt,
      source,
      theme,
      timeRange,
      timeZone,
    ],
  );
  return <Context.Provider value={value}>{props.children}</Context.Provider>;
}

/** Variables and rows of the dashboard around this component. */
export function useLiveDashboard(): LiveDashboard {
  return useDashboardContext().live;
}

export function useDashboardContext(): DashboardContext {
  const context = useContext(Context);
  if (!context) {
    throw new Error('A panel needs a DashboardDataProvider around it.');
  }
  return context;
}

function repeatsOf(dashboard: Dashboard): ReadonlySet<string> {
  return new Set(
    dashboard.rows
      .flatMap(row => [
        row.repeat,
        ...row.panels.map(panel => panel.repeat?.variable),
      ])
      .filter(name => name !== undefined),
  );
}
