import type { GrafanaTheme2 } from '@grafana/data';
import uPlot from 'uplot';
import {
  timePlot,
  valueAxis,
  type LiveTimePlot,
  type PlotOptions,
  type TimePlotSettings,
} from '../plot';
import type { GraphField } from '../series';
import { thresholdStyles } from '../thresholds';
import { fillOf, strokeOf } from './fills';
import type { TimeSeriesModel } from './model';
import { scaleOf } from './scales';
import { thresholdsPlugin } from './thresholdsPlugin';

/** What changes without a new plot, read when it is needed. */
export interface LivePlot extends LiveTimePlot {
  model: TimeSeriesModel;
}

/** uPlot's options for a model. */
export function plotOptions(
  live: () => LivePlot,
  settings: TimePlotSettings,
): PlotOptions {
  const { theme } = settings;
  const { model } = live();
  const styles = thresholdStyles(model.drawn, model.scaleKeys, theme);
  const keys = [...new Set([...model.scaleKeys].reverse())];
  const { xScale, xAxis, plugins, cursor, ...base } = timePlot(live, settings);
  const scales: uPlot.Scales = { x: xScale };
  for (const key of keys) {
    const style = styles.find(({ scaleKey }) => scaleKey === key);
    scales[key] = scaleOf(firstOf(model, key), () => reachOf(style));
  }
  return {
    ...base,
    series: [
      {},
      ...model.drawn.map((graph, index) =>
        seriesOf(graph, model.scaleKeys[index], theme),
      ),
    ],
    bands: model.bands.map(series => ({ series, fill: bandFill(series) })),
    scales,
    axes: [xAxis, ...valueAxes(model, keys, theme)],
    cursor: { ...cursor, points: { size: 7 } },
    plugins: [thresholdsPlugin(styles), ...plugins],
  };

  function bandFill([upper]: [number, number]): uPlot.Band.Fill | undefined {
    const graph = model.drawn[upper - 1];
    const fill = fillOf(graph, model.scaleKeys[upper - 1], theme);
    return typeof fill === 'function' ? u => fill(u, upper) : fill;
  }
}

function firstOf(model: TimeSeriesModel, key: string): GraphField {
  // Drawn last first: the dashboard's first curve of a scale is the last here.
  return model.drawn[model.scaleKeys.lastIndexOf(key)];
}

function reachOf(
  style: ReturnType<typeof thresholdStyles>[number] | undefined,
) {
  const values = (style?.isLine ? style.steps : [])
    .map(({ value }) => value)
    .filter(Number.isFinite);
  return values.length > 0
    ? { min: Math.min(...values), max: Math.max(...values) }
    : {};
}

function valueAxes(
  model: TimeSeriesModel,
  keys: string[],
  theme: GrafanaTheme2,
): uPlot.Axis[] {
  const axes: uPlot.Axis[] = [];
  for (const key of keys) {
    const { custom, field, color } = firstOf(model, key);
    if (custom.axisPlacement === 'hidden') {
      continue;
    }
    // The first unit stands at the left, others at the right, unless the dashboard says where.
    const isRight =
      custom.axisPlacement === 'right' ||
      (custom.axisPlacement !== 'left' && axes.length > 0);
    axes.push(
      valueAxis(theme, {
        scale: key,
        side: isRight ? 'right' : 'left',
        display: axisDisplay(field, custom),
        label: custom.axisLabel,
        color: custom.axisColorMode === 'series' ? color : undefined,
        showGrid: custom.axisGridShow ?? axes.length === 0,
        showBorder: custom.axisBorderShow,
        width: custom.axisWidth,
        logBase: logBaseOf(custom),
      }),
    );
  }
  return axes;
}

function logBaseOf({ scaleDistribution }: GraphField['custom']) {
  const type: string | undefined = scaleDistribution?.type;
  return type === 'log' || type === 'symlog'
    ? scaleDistribution?.log ?? 10
    : undefined;
}

function axisDisplay(field: GraphField['field'], custom: GraphField['custom']) {
  if (custom.stacking?.mode === 'percent') {
    return (value: unknown, decimals?: number | null) => ({
      text: (Number(value) * 100).toFixed(decimals ?? 0),
      suffix: '%',
      numeric: Number(value),
    });
  }
  return field.display;
}

const DASHES: Record<string, number[]> = { dash: [10, 10], dot: [0, 10] };

function seriesOf(
  graph: GraphField,
  scale: string,
  theme: GrafanaTheme2,
): uPlot.Series {
  const { custom, name } = graph;
  const isPoints = custom.drawStyle === 'points';
  const isBars = custom.drawStyle === 'bars';
  const { lineStyle } = custom;
  const stroke = strokeOf(graph, scale, theme);
  const width = custom.lineWidth ?? 1;
  const shown = pointsShown(custom.showPoints, isPoints, isBars);
  return {
    label: name,
    scale,
    stroke,
    width: isPoints ? 0 : width,
    fill: isPoints ? undefined : fillOf(graph, scale, theme),
    dash: lineStyle?.fill
      ? lineStyle.dash ?? DASHES[lineStyle.fill]
      : undefined,
    cap: lineStyle?.fill === 'dot' ? 'round' : undefined,
    paths: pathsOf(custom),
    points: {
      // `auto` leaves it to uPlot (which takes an undefined key for a choice): points where there is room for them, and lone ones.
      ...(shown === undefined ? {} : { show: shown }),
      size: Math.max(custom.pointSize ?? 5, width + 2),
      stroke,
      fill: typeof stroke === 'string' ? stroke : graph.color,
      width: 0,
    },
  };
}

function pointsShown(
  showPoints: string | undefined,
  isPoints: boolean,
  isBars: boolean,
): boolean | undefined {
  if (isPoints || showPoints === 'always') {
    return true;
  }
  return showPoints === 'never' || isBars ? false : undefined;
}

function pathsOf(
  custom: GraphField['custom'],
): uPlot.Series.PathBuilder | undefined {
  const { paths } = uPlot;
  if (custom.drawStyle === 'points') {
    return () => null;
  }
  if (custom.drawStyle === 'bars') {
    return paths.bars?.({
      size: [custom.barWidthFactor ?? 0.6, custom.barMaxWidth ?? 200],
      align: (custom.barAlignment ?? 0) as -1 | 0 | 1,
    });
  }
  const interpolation: string | undefined = custom.lineInterpolation;
  switch (interpolation) {
    case 'smooth':
      return paths.spline?.();
    case 'stepBefore':
      return paths.stepped?.({ align: -1 });
    case 'stepAfter':
      return paths.stepped?.({ align: 1 });
    default:
      return paths.linear?.();
  }
}
