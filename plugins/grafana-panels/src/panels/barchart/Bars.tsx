import type { GrafanaTheme2 } from '@grafana/data';
import { shorten } from '../chart';
import { arrangeRows, useFloating, type TooltipContent } from '../floating';
import { valueAxes } from './axes';
import { BarShape, type BarRect } from './BarShape';
import { BarThresholds } from './BarThresholds';
import { CategoryNames } from './CategoryNames';
import { frameOf, type Frame } from './frame';
import { barsOf, type Bar } from './layout';
import type { BarSeries } from './model';
import type { BarChartOptions } from './options';
import { positionOf, type Place } from './place';
import { textOf } from './textOf';
import { ValueAxes } from './ValueAxes';
import css from './BarChart.module.css';

export interface BarsProps {
  categories: string[];
  areTimes: boolean;
  series: BarSeries[];
  options: BarChartOptions;
  width: number;
  height: number;
  theme: GrafanaTheme2;
}

/** CSS pixels from one number of an axis to the next. */
const TICK_SPACE = 44;

/** The bars with their axes. */
export function Bars(props: BarsProps) {
  const { categories, areTimes, series, options, width, height, theme } = props;
  const floating = useFloating();
  const isHorizontal =
    options.orientation === 'horizontal' ||
    (options.orientation === 'auto' && height > width * 1.2);
  const bars = barsOf(series, categories.length, options.stacking);
  const names = categories.map(name =>
    shorten(name, options.xTickLabelMaxLength),
  );
  const axes = valueAxes(
    bars,
    series,
    options.stacking,
    (isHorizontal ? width / 2 : height) / TICK_SPACE,
    theme,
  );
  const frame = frameOf({ width, height }, axes, names, options, isHorizontal);
  const place: Place = { axes, frame, isHorizontal, theme };
  const band =
    (isHorizontal ? frame.height : frame.width) /
    Math.max(1, categories.length);
  const { mode } = options.tooltip;
  const isSingle = mode === 'single' && series.length > 1;
  const hover = (content: () => TooltipContent) =>
    mode === 'none' ? {} : floating(content);

  return (
    <svg
      width={width}
      height={height}
      className={css.chart}
      aria-hidden="true"
      focusable="false"
    >
      <BarThresholds {...place} part="areas" />
      <ValueAxes {...place} />
      {categories.map((name, i) => (
        <rect
          key={i}
          className={css.category}
          {...bandRect(i, band, frame, isHorizontal)}
          {...(isSingle
            ? {}
            : hover(() => ({
                title: name,
                rows: arrangeRows(
                  series.map(each => rowOf(each, i)),
                  options.tooltip,
                ),
              })))}
        />
      ))}
      {bars.map(bar => (
        <BarShape
          key={`${bar.category} ${bar.series.name}`}
          bar={bar}
          rect={rectOf(bar, band, place, options)}
          frame={frame}
          isHorizontal={isHorizontal}
          options={options}
          theme={theme}
          hover={
            isSingle
              ? hover(() => ({
                  title: categories[bar.category],
                  rows: [rowOf(bar.series, bar.category)],
                }))
              : undefined
          }
        />
      ))}
      <BarThresholds {...place} part="lines" />
      <CategoryNames
        names={names}
        areTimes={areTimes}
        band={band}
        width={width}
        height={height}
        frame={frame}
        isHorizontal={isHorizontal}
        options={options}
        theme={theme}
      />
    </svg>
  );
}

function rowOf(series: BarSeries, category: number) {
  return {
    name: series.name,
    color: series.colors?.[category] ?? series.color,
    text: textOf(series, category),
    value: series.values[category],
  };
}

function bandRect(
  category: number,
  band: number,
  { left, top, width, height }: Frame,
  isHorizontal: boolean,
): BarRect {
  return isHorizontal
    ? { x: left, y: top + category * band, width, height: band }
    : { x: left + category * band, y: top, width: band, height };
}

function rectOf(
  bar: Bar,
  band: number,
  place: Place,
  options: BarChartOptions,
): BarRect {
  const { frame, isHorizontal, axes } = place;
  const group = band * options.groupWidth;
  const slot = group / bar.slots;
  const thickness = Math.max(1, slot * options.barWidth);
  const across =
    (isHorizontal ? frame.top : frame.left) +
    bar.category * band +
    (band - group) / 2 +
    bar.slot * slot +
    (slot - thickness) / 2;
  const axis = axes.find(({ series }) => series.includes(bar.series))!;
  const [a, b] = [
    positionOf(bar.start, axis, place),
    positionOf(bar.end, axis, place),
  ];
  const along = { from: Math.min(a, b), size: Math.abs(b - a) };
  return isHorizontal
    ? { x: along.from, y: across, width: along.size, height: thickness }
    : { x: across, y: along.from, width: thickness, height: along.size };
}
