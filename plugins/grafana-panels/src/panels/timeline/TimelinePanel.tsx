import { useMemo, useRef, type ReactNode } from 'react';
import type uPlot from 'uplot';
import { tooltipOf } from '../floating';
import { legendOf, WithLegend } from '../legend';
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

/** CSS pixels in which a row's name can be read. */
const MIN_ROW_HEIGHT = 18;
const TIME_AXIS = 32;
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
  return (
    <Timeline
      {...props}
      model={model}
      look={lookOf(props, { columnWidth: 1, lineWidth: 0 })}
    />
  );
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
    <Timeline
      {...props}
      model={model}
      look={lookOf(props, { columnWidth, lineWidth: 1 })}
    />
  );
}

function lookOf(
  props: PanelProps,
  defaults: Pick<TimelineLook, 'columnWidth' | 'lineWidth'>,
): TimelineLook {
  const { options, data } = props;
  const field = data.frames[0]?.fields[1];
  const custom = field ? customOf(field) : {};
  const { showValue, alignValue, rowHeight } = options;
  return {
    rowHeight: typeof rowHeight === 'number' ? rowHeight : 0.9,
    columnWidth: defaults.columnWidth,
    showValue:
      showValue === 'always' || showValue === 'never' ? showValue : 'auto',
    align:
      alignValue === 'center' || alignValue === 'right' ? alignValue : 'left',
    fillOpacity: (custom.fillOpacity ?? 70) / 100,
    lineWidth: custom.lineWidth ?? defaults.lineWidth,
    tooltip: tooltipOf(options),
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
  const isHidden = look.tooltip.mode === 'none';
  const tooltip = useMemo(
    () =>
      isHidden ? undefined : timelineTooltip(() => live.current!, settings),
    [isHidden, settings],
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
    // eslint-disable-next-line react-hooks/exhaustive-deps -- new annotations are drawn like new data
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
    <WithLegend
      options={{
        ...legend,
        isShown: legend.isShown && states.length <= MAX_STATES,
        isTable: false,
      }}
      items={items}
      width={props.width}
      height={props.height}
    >
      {(width, height) => (
        <Scrolled
          width={width}
          height={height}
          neededHeight={model.rows.length * MIN_ROW_HEIGHT + TIME_AXIS}
        >
          {(plotWidth, plotHeight) => (
            <Plot
              options={built}
              data={drawnData}
              width={plotWidth}
              height={plotHeight}
              label={`${props.title || 'States'}: ${
                model.rows.length
              } rows over time. Arrow keys move the cursor.`}
              tooltip={tooltip}
            />
          )}
        </Scrolled>
      )}
    </WithLegend>
  );
}

const SCROLLBAR = 14;

/** Rows that would be too low to be read are in a picture that is higher than its room; its focus lets it scroll by keys. */
function Scrolled(props: {
  width: number;
  height: number;
  neededHeight: number;
  children: (width: number, height: number) => ReactNode;
}) {
  const { width, height, neededHeight, children } = props;
  return neededHeight <= height ? (
    <>{children(width, height)}</>
  ) : (
    <div style={{ width, height, overflowY: 'auto' }}>
      {children(width - SCROLLBAR, neededHeight)}
    </div>
  );
}
