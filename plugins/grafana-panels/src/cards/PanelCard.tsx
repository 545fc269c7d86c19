import { useMemo } from 'react';
import { Link } from 'react-router-dom';
import { Skeleton } from '@backstage/ui';
import { EmptyState, ErrorPanel } from '@llm-platform/plugin-models-react';
import type { Dashboard } from '@llm-platform/plugin-grafana-panels-common';
import { DashboardDataProvider, useDashboard, useLiveDashboard } from '../data';
import {
  dashboardLinks,
  DashboardPanel,
  UndrawableDashboard,
  useOwnSettings,
} from '../dashboards';
import { grafanaUrl } from '../dashboards/navigation';
import { useDashboardTime, writeRange } from '../dashboards/time';
import { refOf, type PanelPlacement } from '../placement';
import { usePanelTheme } from '../theme';
import css from './PanelCard.module.css';

const HEIGHT = 260;

export interface PanelCardProps extends Omit<PanelPlacement, 'variables'> {
  /** With the facts of the place already in them. */
  variables: Record<string, string[]>;
}

/** One panel of a dashboard, somewhere else. */
export function PanelCard(props: PanelCardProps) {
  const { dashboard, height = HEIGHT } = props;
  const ref = refOf(dashboard);
  const loaded = useDashboard(ref);
  return (
    <div className={css.card} style={{ height }}>
      {loaded.data?.dashboard ? (
        <LiveCard
          {...props}
          parsed={loaded.data.dashboard}
          url={loaded.data.url}
        />
      ) : undefined}
      {loaded.data && !loaded.data.dashboard ? (
        <UndrawableDashboard problems={loaded.data.problems} />
      ) : undefined}
      {!loaded.data && loaded.error ? (
        <ErrorPanel
          error={loaded.error}
          what={`the dashboard ${dashboard}`}
          onRetry={loaded.retry}
        />
      ) : undefined}
      {!loaded.data && !loaded.error ? <Skeleton height={height} /> : undefined}
    </div>
  );
}

interface LoadedProps extends PanelCardProps {
  parsed: Dashboard;
  /** The dashboard in Grafana. */
  url?: string;
}

function LiveCard(props: LoadedProps) {
  const { parsed, variables, from, to, refresh } = props;
  const theme = usePanelTheme();
  const { settings, change } = useOwnSettings(
    useMemo(
      () => ({ variables, from, to, refresh, annotations: {} }),
      [variables, from, to, refresh],
    ),
  );
  const time = useDashboardTime(parsed, settings);
  return (
    <DashboardDataProvider
      dashboard={parsed}
      source={refOf(props.dashboard).source}
      selection={settings.variables}
      timeRange={time.range}
      readAt={time.readAt}
      timeZone={parsed.timeZone}
      theme={theme}
    >
      <PanelOfCard
        {...props}
        onZoom={range => change(writeRange(range))}
        zoomed={settings.from !== from || settings.to !== to}
        onReset={() => change({ from, to })}
      />
    </DashboardDataProvider>
  );
}

function PanelOfCard(
  props: LoadedProps & {
    onZoom: (range: { from: number; to: number }) => void;
    zoomed: boolean;
    onReset: () => void;
  },
) {
  const { dashboard, panel: id, url, variables, from, to } = props;
  const theme = usePanelTheme();
  const live = useLiveDashboard();
  const panels = live.rows.flatMap(row => row.panels);
  const panel =
    panels.find(one => one.id === id) ??
    panels.find(one => one.sourceId === id);
  if (!panel) {
    return live.ready ? (
      <EmptyState
        title={`No panel ${id}`}
        description={`The dashboard ${dashboard} has none with this id. The card's configuration names it.`}
      />
    ) : (
      <Skeleton height="100%" />
    );
  }
  return (
    <DashboardPanel
      panel={panel}
      title={props.title}
      theme={theme}
      timeZone={props.parsed.timeZone}
      onZoom={props.onZoom}
      grafanaUrl={
        url &&
        grafanaUrl(url, { variables, from, to, viewPanel: panel.sourceId })
      }
      aside={
        <>
          {props.zoomed ? (
            <button type="button" className={css.reset} onClick={props.onReset}>
              Zoom back
            </button>
          ) : undefined}
          <Link
            className={css.open}
            to={dashboardLinks.one(refOf(dashboard), { variables, from, to })}
          >
            Dashboard
          </Link>
        </>
      }
    />
  );
}
