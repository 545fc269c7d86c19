import { useId, useRef, useState, type ReactNode } from 'react';
import { ButtonIcon, Skeleton, Tooltip, TooltipTrigger } from '@backstage/ui';
import { RiAlertLine, RiInformationLine } from '@remixicon/react';
import type { GrafanaTheme2 } from '@grafana/data';
import { saveFile } from '@llm-platform/plugin-models-react';
import type {
  DashboardNotice,
  Panel,
} from '@llm-platform/plugin-grafana-panels-common';
import { usePanelData, type TimeRangeMs } from '../../data';
import { PanelView } from '../../panels';
import { useInSight } from '../grid/useInSight';
import { useSize } from '../grid/useSize';
import { useResolveUrl } from '../navigation';
import { toCsv } from './csv';
import { fileName } from './fileName';
import { PanelBoundary } from './PanelBoundary';
import { PanelMenu } from './PanelMenu';
import { QueryDialog } from './QueryDialog';
import { usePanelShortcuts } from './usePanelShortcuts';
import css from './DashboardPanel.module.css';

export interface DashboardPanelProps {
  panel: Panel;
  /** Instead of the panel's own. */
  title?: string;
  /** Of reading the dashboard, about this panel. */
  problems?: readonly DashboardNotice[];
  theme: GrafanaTheme2;
  timeZone: string;
  /** Panels with the same one share their cursor. */
  crosshairKey?: string;
  onZoom?: (range: TimeRangeMs) => void;
  viewed?: boolean;
  onView?: (panel: Panel) => void;
  grafanaUrl?: string;
  /** Left of the menu. */
  aside?: ReactNode;
}

/** A panel in its frame. It asks for data while it is in sight, and keeps its picture when it is not. */
export function DashboardPanel(props: DashboardPanelProps) {
  const { panel, viewed = false, onView } = props;
  const frame = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const titleId = useId();
  const size = useSize(body);
  const { inSight, seen } = useInSight(frame);
  const resolveUrl = useResolveUrl(props.grafanaUrl);
  const [isAsked, setAsked] = useState(false);
  const [asTable, setTable] = useState(false);
  const live = usePanelData(panel, {
    width: size?.width ?? 0,
    enabled: inSight && size !== undefined,
  });
  const title = props.title ?? live.title;
  const problems = [
    ...new Set(
      [...(props.problems ?? []), ...live.problems].map(
        ({ message }) => message,
      ),
    ),
  ];
  const withoutData = panel.targets.length === 0;
  const view = onView && (() => onView(panel));

  usePanelShortcuts(frame, {
    onView: view,
    onAsk: withoutData ? undefined : () => setAsked(true),
  });

  return (
    <section
      ref={frame}
      className={css.panel}
      data-transparent={panel.transparent || undefined}
      data-panel-id={panel.id}
      aria-labelledby={titleId}
      aria-busy={live.fetching}
    >
      {live.fetching ? <div className={css.progress} aria-hidden /> : undefined}
      <header className={css.header}>
        <h3 id={titleId} className={css.title} title={title}>
          {title || <span className={css.hidden}>Untitled panel</span>}
        </h3>
        {live.description ? (
          <Note
            label={`About ${title || 'the panel'}`}
            icon={<RiInformationLine />}
            text={live.description}
          />
        ) : undefined}
        {problems.length > 0 ? (
          <Note
            label="Otherwise than in Grafana"
            icon={<RiAlertLine />}
            text={problems.join('\n')}
            onPress={() => setAsked(true)}
          />
        ) : undefined}
        {live.timeInfo ? (
          <span className={css.time}>{live.timeInfo}</span>
        ) : undefined}
        <span className={css.menu}>
          {props.aside}
          <PanelMenu
            live={live}
            withoutData={withoutData}
            viewed={viewed}
            onView={view}
            asTable={asTable}
            onTable={() => setTable(!asTable)}
            onAsk={() => setAsked(true)}
            onDownload={() =>
              saveFile(
                fileName(title, 'csv'),
                'text/csv',
                toCsv(live.data.frames),
              )
            }
            resolveUrl={resolveUrl}
            grafanaUrl={props.grafanaUrl}
          />
        </span>
      </header>
      <div ref={body} className={css.body}>
        {size && seen ? (
          <PanelBoundary drawn={live.data}>
            <PanelView
              id={panel.id}
              type={panel.type}
              title={title}
              options={live.options}
              fieldConfig={live.fieldConfig}
              data={live.data}
              width={size.width}
              height={size.height}
              theme={props.theme}
              timeZone={props.timeZone}
              crosshairKey={props.crosshairKey}
              onZoom={props.onZoom}
              resolveUrl={resolveUrl}
              asTable={asTable || undefined}
              externalUrl={props.grafanaUrl}
            />
          </PanelBoundary>
        ) : (
          <Skeleton width="100%" height="100%" />
        )}
      </div>
      {isAsked ? (
        <QueryDialog
          title={title}
          data={live.data}
          problems={problems}
          onClose={() => setAsked(false)}
        />
      ) : undefined}
    </section>
  );
}

function Note(props: {
  label: string;
  text: string;
  icon: JSX.Element;
  onPress?: () => void;
}) {
  return (
    <TooltipTrigger delay={200}>
      <ButtonIcon
        size="small"
        variant="tertiary"
        aria-label={props.label}
        icon={props.icon}
        onPress={props.onPress}
        className={css.note}
      />
      <Tooltip className={css.tooltip}>{props.text}</Tooltip>
    </TooltipTrigger>
  );
}
