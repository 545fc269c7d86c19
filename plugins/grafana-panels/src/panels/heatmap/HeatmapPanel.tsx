import { useMemo, useRef } from 'react';
import type uPlot from 'uplot';
import { Plot } from '../plot';
import { Message } from '../state';
import type { PanelProps } from '../types';
import { heatmapColors } from './colors';
import { heatmapModel } from './model';
import { heatmapOptions } from './options';
import {
  countText,
  heatmapPlotOptions,
  heatmapTooltip,
  type LiveHeatmap,
} from './plotOptions';
import css from './Heatmap.module.css';

const LEGEND_HEIGHT = 24;
const MIN_HEIGHT_FOR_LEGEND = 110;

/** How often what happened when: darker or brighter cells over time. */
export function HeatmapPanel(props: PanelProps) {
  const { data, theme, timeZone, crosshairKey, width, height } = props;
  const options = useMemo(() => heatmapOptions(props.options), [props.options]);
  const colors = useMemo(
    () => heatmapColors(options.color, theme),
    [options, theme],
  );
  const model = useMemo(
    () => heatmapModel(data.frames, options, data.timeRange, theme),
    [data.frames, options, data.timeRange, theme],
  );
  const live = useRef<LiveHeatmap>();
  const settings = useMemo(
    () => ({ theme, timeZone, crosshairKey }),
    [theme, timeZone, crosshairKey],
  );
  const tooltip = useMemo(
    () =>
      options.showsTooltip
        ? heatmapTooltip(() => live.current!, settings)
        : undefined,
    [options, settings],
  );
  if (model) {
    live.current = {
      model,
      colors,
      options,
      timeRange: data.timeRange,
      annotations: data.annotations,
      tooltip,
      onZoom: props.onZoom,
    };
  }
  const isEmpty = model === undefined;
  const built = useMemo(
    () =>
      isEmpty ? undefined : heatmapPlotOptions(() => live.current!, settings),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- a plot reads the dashboard's options once, when it is built
    [isEmpty, settings, options],
  );
  const drawnData = useMemo(
    (): uPlot.AlignedData =>
      model ? [model.times, model.times.map(() => null)] : [[], []],
    // eslint-disable-next-line react-hooks/exhaustive-deps -- new annotations and colours are drawn like new data
    [model, data.annotations, colors],
  );
  if (!model || !built) {
    return (
      <Message
        title="No buckets"
        text="A heatmap needs numbers over time. Show the data as a table."
      />
    );
  }
  const showsLegend = options.showLegend && height >= MIN_HEIGHT_FOR_LEGEND;
  return (
    <>
      <Plot
        options={built}
        data={drawnData}
        width={width}
        height={showsLegend ? height - LEGEND_HEIGHT : height}
        label={`${props.title || 'Heatmap'}: ${
          model.rows.length
        } buckets over time. Arrow keys move the cursor.`}
        tooltip={tooltip}
      />
      {showsLegend ? (
        <div className={css.legend}>
          <span>{countText(model.range.min, options)}</span>
          <i
            className={css.scale}
            style={{
              background: `linear-gradient(90deg, ${colors.join(', ')})`,
            }}
            aria-hidden="true"
          />
          <span>{countText(model.range.max, options)}</span>
        </div>
      ) : undefined}
    </>
  );
}
