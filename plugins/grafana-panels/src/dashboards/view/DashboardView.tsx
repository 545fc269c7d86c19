import { useMemo } from 'react';
import { ButtonLink } from '@backstage/ui';
import { RiExternalLinkLine } from '@remixicon/react';
import type {
  Dashboard,
  DashboardNotice,
  RawTimeRange,
} from '@llm-platform/plugin-grafana-panels-common';
import {
  DashboardDataProvider,
  useLiveDashboard,
  type TimeRangeMs,
} from '../../data';
import { usePanelTheme } from '../../theme';
import { useShortcuts } from '../keyboard';
import { DashboardLinks, grafanaUrl } from '../navigation';
import {
  RefreshPicker,
  shiftRange,
  TimeRangePicker,
  useDashboardTime,
  writeRange,
  zoomOut,
  type LiveTimeRange,
} from '../time';
import type { SettingsControl } from '../url';
import { VariablesBar } from '../variables';
import { AnnotationToggles } from './AnnotationToggles';
import { DashboardRows } from './DashboardRows';
import { Problems } from './Problems';
import css from './DashboardView.module.css';

export interface DashboardViewProps {
  dashboard: Dashboard;
  /** Of reading the dashboard. */
  problems: readonly DashboardNotice[];
  /** `files`, or the id of a Grafana instance. */
  source: string;
  uid: string;
  /** The dashboard in Grafana. */
  url?: string;
  control: SettingsControl;
}

/** A dashboard with everything that a reader sets on it. */
export function DashboardView(props: DashboardViewProps) {
  const { dashboard, source, control } = props;
  const { settings } = control;
  const theme = usePanelTheme();
  const time = useDashboardTime(dashboard, settings);
  return (
    <DashboardDataProvider
      dashboard={dashboard}
      source={source}
      selection={settings.variables}
      timeRange={time.range}
      readAt={time.readAt}
      timeZone={dashboard.timeZone}
      theme={theme}
      annotations={settings.annotations}
    >
      <Content {...props} time={time} />
    </DashboardDataProvider>
  );
}

function Content(props: DashboardViewProps & { time: LiveTimeRange }) {
  const { dashboard, source, uid, url, control, time } = props;
  const { raw } = time;
  const { settings, change } = control;
  const live = useLiveDashboard();
  const theme = usePanelTheme();

  const setRange = (chosen: RawTimeRange) => change(chosen, { history: true });
  const zoom = (range: TimeRangeMs) => setRange(writeRange(range));
  const leave = () => change({ viewPanel: undefined }, { history: true });
  useShortcuts({
    'd r': time.refresh,
    't z': () => setRange(zoomOut(time.range)),
    't ArrowLeft': () => setRange(shiftRange(time.range, -1, Date.now())),
    't ArrowRight': () => setRange(shiftRange(time.range, 1, Date.now())),
    ...(settings.viewPanel && { Escape: leave }),
  });

  const panelUrl = useMemo(
    () =>
      url &&
      ((viewPanel: string | undefined) =>
        grafanaUrl(url, {
          from: raw.from,
          to: raw.to,
          variables: settings.variables,
          viewPanel,
        })),
    [url, raw, settings.variables],
  );

  return (
    <div className={css.view}>
      <div className={css.toolbar}>
        <VariablesBar
          variables={live.variables}
          onChange={(name, values) =>
            change({ variables: live.select(name, values) })
          }
        />
        <AnnotationToggles
          annotations={dashboard.annotations}
          chosen={settings.annotations}
          onChange={annotations => change({ annotations })}
        />
        <div className={css.right}>
          <DashboardLinks
            links={dashboard.links}
            source={source}
            uid={uid}
            grafanaUrl={url}
            raw={raw}
          />
          {panelUrl ? (
            <ButtonLink
              size="small"
              variant="tertiary"
              href={panelUrl(undefined)}
              target="_blank"
              iconEnd={<RiExternalLinkLine />}
            >
              Grafana
            </ButtonLink>
          ) : undefined}
          <TimeRangePicker
            raw={raw}
            range={time.range}
            timeZone={dashboard.timeZone}
            onChange={setRange}
          />
          <RefreshPicker
            interval={settings.refresh ?? dashboard.refresh ?? ''}
            offered={dashboard.refreshIntervals}
            onChange={refresh => change({ refresh })}
            onRefresh={time.refresh}
          />
        </div>
      </div>
      {time.error ? (
        <p className={css.error} role="status">
          {time.error}
        </p>
      ) : undefined}
      <Problems problems={[...props.problems, ...live.problems]} />
      <DashboardRows
        live={live}
        problems={props.problems}
        viewPanel={settings.viewPanel}
        onView={panel =>
          settings.viewPanel
            ? leave()
            : change({ viewPanel: panel.id }, { history: true })
        }
        onLeave={leave}
        panel={{
          theme,
          timeZone: dashboard.timeZone,
          crosshairKey:
            dashboard.sharedCursor === 'off' ? undefined : `${source}/${uid}`,
          onZoom: zoom,
        }}
        panelUrl={panelUrl || undefined}
      />
    </div>
  );
}
