import { useState, type CSSProperties } from 'react';
import { Button, Skeleton } from '@backstage/ui';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import { EmptyState, plural } from '@llm-platform/plugin-models-react';
import {
  interpolateText,
  type DashboardNotice,
  type DashboardRow,
  type GridPos,
  type Panel,
} from '@llm-platform/plugin-grafana-panels-common';
import type { LiveDashboard } from '../../data';
import { DashboardPanel, type DashboardPanelProps } from '../panel';
import css from './DashboardRows.module.css';

export interface DashboardRowsProps {
  live: LiveDashboard;
  /** Only this panel, full size. */
  viewPanel?: string;
  onView: (panel: Panel) => void;
  onLeave: () => void;
  /** The same for all panels. */
  panel: Pick<
    DashboardPanelProps,
    'theme' | 'timeZone' | 'crosshairKey' | 'onZoom'
  >;
  /** Of reading the dashboard. */
  problems: readonly DashboardNotice[];
  /** A panel in Grafana, by its id there. */
  panelUrl?: (id: string) => string;
}

/** The panels where the dashboard puts them; rows fold. */
export function DashboardRows(props: DashboardRowsProps) {
  const { live, viewPanel, panelUrl } = props;
  const panels = live.rows.flatMap(row => row.panels);
  const draw = (panel: Panel) => (
    <DashboardPanel
      {...props.panel}
      panel={panel}
      viewed={panel.id === viewPanel}
      onView={props.onView}
      problems={props.problems.filter(
        ({ panelId }) => panelId === panel.sourceId,
      )}
      grafanaUrl={panelUrl?.(panel.sourceId)}
    />
  );

  if (!live.ready && panels.length === 0) {
    return <Skeleton height={320} />;
  }
  if (viewPanel) {
    const viewed =
      panels.find(({ id }) => id === viewPanel) ??
      panels.find(({ sourceId }) => sourceId === viewPanel);
    return viewed ? (
      <div className={css.full} key={viewed.id}>
        {draw(viewed)}
      </div>
    ) : (
      <EmptyState
        title="There is no such panel"
        description="The dashboard has changed since this address was made, or its variables have."
        action={
          <Button size="small" variant="secondary" onPress={props.onLeave}>
            Show the dashboard
          </Button>
        }
      />
    );
  }
  if (panels.length === 0) {
    return (
      <EmptyState
        title="No panels"
        description="The dashboard is empty. Panels appear here when its author adds some."
      />
    );
  }
  return (
    <>
      {live.rows.map(row => (
        <Row
          key={row.id}
          row={row}
          title={row.title && interpolateText(row.title, live.scope)}
          draw={draw}
        />
      ))}
    </>
  );
}

function Row(props: {
  row: DashboardRow;
  title: string | undefined;
  draw: (panel: Panel) => JSX.Element;
}) {
  const { row, title, draw } = props;
  const [folded, setFolded] = useState(row.collapsed);
  const grid = (
    <div className={css.grid}>
      {row.panels.map(panel => (
        <div key={panel.id} className={css.cell} style={place(panel.gridPos)}>
          {draw(panel)}
        </div>
      ))}
    </div>
  );
  if (row.title === undefined) {
    return row.panels.length ? grid : undefined;
  }
  return (
    <section aria-label={title || 'Row'} className={css.row}>
      <h2 className={css.heading}>
        <button
          type="button"
          aria-expanded={!folded}
          onClick={() => setFolded(!folded)}
        >
          {folded ? (
            <RiArrowRightSLine size={18} aria-hidden="true" />
          ) : (
            <RiArrowDownSLine size={18} aria-hidden="true" />
          )}
          {title || 'Row'}
          {folded ? (
            <>
              {' '}
              <span className={css.count}>
                {plural(row.panels.length, 'panel')}
              </span>
            </>
          ) : undefined}
        </button>
      </h2>
      {folded ? undefined : grid}
    </section>
  );
}

function place(at: GridPos) {
  return {
    '--x': at.x + 1,
    '--y': at.y + 1,
    '--w': at.w,
    '--h': at.h,
  } as CSSProperties;
}
