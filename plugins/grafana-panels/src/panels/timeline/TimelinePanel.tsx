import { useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import {
  Legend,
  LegendLayout,
  legendOf,
  legendWidth,
  type HiddenNames,
} from '../legend';
import { Plot } from '../plot';
import { customOf } from '../series';
import { Message } from '../state';
import type { PanelProps } from '../types';
import {
  stateTimeline,
  statesOf,
  statusHistory,
  type TimelineModel,
} from './model';
import {
  timelinePlotOptions,
  timelineTooltip,
  type LiveTimeline,
  type TimelineLook,
} from './plotOptions';

const NOTHING_HIDDEN: HiddenNames = new Set();
/** More states say less than none. */
const MAX_STATES = 16;

/** Which state something was in, and for how long. */
export function StateTimelinePanel(props: PanelProps) {
  const { data, options, theme } = props;
  const model = useMemo(
    () =>
      stateTimeline(
        data.frames,
        data.timeRange,
        theme,
        options.mergeValues !== false,
      ),
    [data.frames, data.timeRange, theme, options.mergeValues],
  );
  return <Timeline {...props} model={model} look={lookOf(props, 1)} />;
}

/** The state at each reading. */
export function StatusHistoryPanel(props: PanelProps) {
  const { data, options, theme } = props;
  const model = useMemo(
    () => statusHistory(data.frames, theme),
    [data.frames, theme],
  );
  const columnWidth =
    typeof options.colWidth === 'number' ? options.colWidth : 0.9;
  return (
    <Timeline {...props} model={model} look={lookOf(props, columnWidth)} />
  );
}

function lookOf(props: PanelProps, columnWidth: number): TimelineLook {
  const { options, data } = props;
  const field = data.frames[0]?.fields[1];
  const custom = field ? customOf(field) : {};
  const { showValue, alignValue, rowHeight } = options;
  const tooltip = options.tooltip as { mode?: string } | undefined;
  return {
    rowHeight: typeof rowHeight === 'number' ? rowHeight : 0.9,
    columnWidth,
    showValue:
      showValue === 'always' || showValue === 'never' ? showValue : 'auto',
    align:
      alignValue === 'center' || alignValue === 'right' ? alignValue : 'left',
    fillOpacity: (custom.fillOpacity ?? 70) / 100,
    lineWidth: custom.lineWidth ?? 0,
    showsTooltip: tooltip?.mode !== 'none',
  };
}

function Timeline(
  props: PanelProps & { model: TimelineModel; look: TimelineLook },
) {
  const { data, theme, timeZone, crosshairKey, model, look } = props;
  const live = useRef<LiveTimeline>();
  const settings = useMemo(
    () => ({ theme, timeZone, crosshairKey }),
    [theme, timeZone, crosshairKey],
  );
  const tooltip = useMemo(
    () =>
      look.showsTooltip
        ? timelineTooltip(() => live.current!, settings)
        : undefined,
    [look.showsTooltip, settings],
  );
  live.current = {
    model,
    look,
    timeRange: data.timeRange,
    margin: model.margin,
    annotations: data.annotations,
    tooltip,
    onZoom: props.onZoom,
  };
  const built = useMemo(
    () => timelinePlotOptions(() => live.current!, settings),
    [settings],
  );
  const drawnData = useMemo(
    (): uPlot.AlignedData => [model.times, model.times.map(() => null)],
    // Annotations are drawn like new data.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [model, data.annotations],
  );
  if (model.rows.length === 0) {
    return (
      <Message
        title="Nothing over time"
        text="The data has no states with times. Show it as a table."
      />
    );
  }
  const legend = legendOf(props.options);
  const states = statesOf(model);
  const items = states.map(({ text, color }) => ({
    name: text,
    color,
    values: [],
  }));
  return (
    <LegendLayout
      options={{
        ...legend,
        isShown: legend.isShown && states.length <= MAX_STATES,
      }}
      width={props.width}
      height={props.height}
      neededWidth={legendWidth(items)}
      legend={
        <Legend
          options={{ ...legend, isTable: false }}
          items={items}
          hidden={NOTHING_HIDDEN}
        />
      }
    >
      {(width, height) => (
        <Plot
          options={built}
          data={drawnData}
          width={width}
          height={height}
          label={`${props.title || 'States'}: ${
            model.rows.length
          } rows over time. Arrow keys move the cursor.`}
          tooltip={tooltip}
        />
      )}
    </LegendLayout>
  );
}
