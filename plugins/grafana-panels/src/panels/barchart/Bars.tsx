import { formattedValueToString, type GrafanaTheme2 } from '@grafana/data';
import { mixOn, textOn, withOpacity } from '../../theme';
import {
  CHARACTER_WIDTH,
  shorten,
  textWidth,
  ticksBetween,
  widestText,
} from '../chart';
import { useFloating } from '../floating';
import { axisTexts } from '../plot';
import { customOf } from '../series';
import { barsOf, valueRange, type Bar } from './layout';
import type { BarSeries } from './model';
import type { BarChartOptions } from './options';
import css from './BarChart.module.css';

export interface BarsProps {
  categories: string[];
  series: BarSeries[];
  options: BarChartOptions;
  width: number;
  height: number;
  theme: GrafanaTheme2;
}

const AXIS_LINE = 22;
const TOP = 8;
const TICK_SPACE = 44;
const MIN_NAME_WIDTH = 52;

interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The bars with their axes. */
export function Bars(props: BarsProps) {
  const { categories, series, options, width, height, theme } = props;
  const floating = useFloating();
  const isHorizontal =
    options.orientation === 'horizontal' ||
    (options.orientation === 'auto' && height > width * 1.2);
  const bars = barsOf(series, categories.length, options.stacking);
  const range = valueRange(bars, series, options.stacking);
  const names = categories.map(name =>
    shorten(name, options.xTickLabelMaxLength),
  );
  const ticks = ticksBetween(
    range.min,
    range.max,
    (isHorizontal ? width : height) / TICK_SPACE / (isHorizontal ? 2 : 1),
  );
  const texts =
    options.stacking === 'percent'
      ? ticks.map(tick => `${Math.round(tick * 100)}%`)
      : axisTexts(ticks, series[0]?.field.display);
  const frame = frameOf(props, isHorizontal, texts, names);
  const toValue = (value: number) => {
    const share =
      (Math.min(range.max, Math.max(range.min, value)) - range.min) /
      (range.max - range.min);
    return isHorizontal
      ? frame.left + share * frame.width
      : frame.top + (1 - share) * frame.height;
  };
  const band =
    (isHorizontal ? frame.height : frame.width) /
    Math.max(1, categories.length);

  return (
    <svg
      width={width}
      height={height}
      className={css.chart}
      aria-hidden="true"
      focusable="false"
    >
      {ticks.map((tick, i) => (
        <Tick
          key={tick}
          at={toValue(tick)}
          text={texts[i]}
          frame={frame}
          isHorizontal={isHorizontal}
          theme={theme}
        />
      ))}
      {categories.map((name, i) => {
        const rect = isHorizontal
          ? {
              x: frame.left,
              y: frame.top + i * band,
              width: frame.width,
              height: band,
            }
          : {
              x: frame.left + i * band,
              y: frame.top,
              width: band,
              height: frame.height,
            };
        return (
          <rect
            key={i}
            className={css.category}
            {...rect}
            {...floating(() => ({
              title: name,
              rows: series.map(each => ({
                name: each.name,
                color: each.colors?.[i] ?? each.color,
                text: textOf(each, i),
              })),
            }))}
          />
        );
      })}
      {bars.map(bar => (
        <BarShape
          key={`${bar.category} ${bar.series.name}`}
          bar={bar}
          rect={rectOf(bar, band, frame, isHorizontal, options, toValue)}
          isHorizontal={isHorizontal}
          options={options}
          theme={theme}
        />
      ))}
      <CategoryNames
        names={names}
        band={band}
        frame={frame}
        isHorizontal={isHorizontal}
        rotation={options.xTickLabelRotation}
        theme={theme}
      />
    </svg>
  );
}

function frameOf(
  { width, height, options }: BarsProps,
  isHorizontal: boolean,
  texts: string[],
  names: string[],
): Frame {
  const angle = (options.xTickLabelRotation * Math.PI) / 180;
  const slant = Math.abs(Math.sin(angle));
  // Names that run up to their bar from the lower left need room before the first one.
  const lean =
    !isHorizontal && angle < 0 ? Math.cos(angle) * widestText(names) : 0;
  const left = Math.min(
    width * 0.4,
    Math.max(
      (isHorizontal ? widestText(names) : widestText(texts)) + 10,
      lean - width / Math.max(1, names.length) / 2,
    ),
  );
  const bottom = isHorizontal
    ? AXIS_LINE
    : Math.min(height * 0.4, AXIS_LINE + slant * widestText(names));
  return {
    left,
    top: TOP,
    width: Math.max(10, width - left - 8),
    height: Math.max(10, height - TOP - bottom),
  };
}

function rectOf(
  bar: Bar,
  band: number,
  frame: Frame,
  isHorizontal: boolean,
  options: BarChartOptions,
  toValue: (value: number) => number,
) {
  const group = band * options.groupWidth;
  const slot = group / bar.slots;
  const thickness = Math.max(1, slot * options.barWidth);
  const across =
    (isHorizontal ? frame.top : frame.left) +
    bar.category * band +
    (band - group) / 2 +
    bar.slot * slot +
    (slot - thickness) / 2;
  const [a, b] = [toValue(bar.start), toValue(bar.end)];
  const along = { from: Math.min(a, b), size: Math.abs(b - a) };
  return isHorizontal
    ? { x: along.from, y: across, width: along.size, height: thickness }
    : { x: across, y: along.from, width: thickness, height: along.size };
}

function BarShape(props: {
  bar: Bar;
  rect: { x: number; y: number; width: number; height: number };
  isHorizontal: boolean;
  options: BarChartOptions;
  theme: GrafanaTheme2;
}) {
  const { bar, rect, isHorizontal, options, theme } = props;
  const { series, category } = bar;
  const color = series.colors?.[category] ?? series.color;
  const custom = customOf(series.field);
  const text = textOf(series, category);
  const isStacked = options.stacking !== 'none';
  const opacity = (custom.fillOpacity ?? 80) / 100;
  const isInside = isStacked || isHorizontal;
  const fits = isInside
    ? rect.height >= 14 && rect.width >= textWidth(text) + 4
    : rect.width >= textWidth(text) - 8;
  const showsValue =
    options.showValue === 'always' || (options.showValue === 'auto' && fits);
  const isNegative = bar.end < bar.start;
  return (
    <>
      <rect
        {...rect}
        rx={options.barRadius * Math.min(rect.width, rect.height)}
        fill={withOpacity(color, opacity)}
        stroke={color}
        strokeWidth={custom.lineWidth ?? 1}
        pointerEvents="none"
      />
      {showsValue ? (
        <text
          className={css.value}
          fill={
            isInside
              ? textOn(mixOn(theme.colors.background.primary, color, opacity))
              : theme.colors.text.primary
          }
          {...labelPlace(rect, isHorizontal, isStacked, isNegative)}
        >
          {text}
        </text>
      ) : undefined}
    </>
  );
}

function labelPlace(
  rect: { x: number; y: number; width: number; height: number },
  isHorizontal: boolean,
  isStacked: boolean,
  isNegative: boolean,
): { x: number; y: number; textAnchor: 'start' | 'middle' | 'end' } {
  const middleX = rect.x + rect.width / 2;
  const middleY = rect.y + rect.height / 2;
  if (isStacked) {
    return { x: middleX, y: middleY + 4, textAnchor: 'middle' };
  }
  if (isHorizontal) {
    // At the end of the axis the text would be cut off outside of the bar.
    return isNegative
      ? { x: rect.x + 4, y: middleY + 4, textAnchor: 'start' }
      : { x: rect.x + rect.width - 4, y: middleY + 4, textAnchor: 'end' };
  }
  return {
    x: middleX,
    y: isNegative ? rect.y + rect.height + 13 : rect.y - 4,
    textAnchor: 'middle',
  };
}

function Tick(props: {
  at: number;
  text: string;
  frame: Frame;
  isHorizontal: boolean;
  theme: GrafanaTheme2;
}) {
  const { at, text, frame, isHorizontal, theme } = props;
  const bottom = frame.top + frame.height;
  return (
    <>
      <line
        {...(isHorizontal
          ? { x1: at, x2: at, y1: frame.top, y2: bottom }
          : { x1: frame.left, x2: frame.left + frame.width, y1: at, y2: at })}
        stroke={theme.colors.border.weak}
      />
      <text
        className={css.tick}
        fill={theme.colors.text.secondary}
        {...(isHorizontal
          ? { x: at, y: bottom + 15, textAnchor: 'middle' }
          : { x: frame.left - 6, y: at + 4, textAnchor: 'end' })}
      >
        {text}
      </text>
    </>
  );
}

function CategoryNames(props: {
  names: string[];
  band: number;
  frame: Frame;
  isHorizontal: boolean;
  rotation: number;
  theme: GrafanaTheme2;
}) {
  const { names, band, frame, isHorizontal, rotation, theme } = props;
  // Names side by side are cut where there is room for some letters, and left out where there is not.
  const needed =
    isHorizontal || rotation !== 0
      ? 16
      : Math.min(widestText(names) + 8, MIN_NAME_WIDTH);
  // Every nth, so that they don't lie over each other.
  const every = Math.max(1, Math.ceil(needed / band));
  const most = isHorizontal
    ? Math.floor(frame.left / CHARACTER_WIDTH)
    : Math.max(3, Math.floor((band * every) / CHARACTER_WIDTH));
  return (
    <>
      {names.map((name, i) => {
        if (i % every !== 0) {
          return null;
        }
        const middle = (i + 0.5) * band;
        const [x, y] = isHorizontal
          ? [frame.left - 6, frame.top + middle + 4]
          : [frame.left + middle, frame.top + frame.height + 15];
        const anchor = isHorizontal || rotation < 0 ? 'end' : 'middle';
        return (
          <text
            key={i}
            className={css.tick}
            fill={theme.colors.text.secondary}
            x={x}
            y={y}
            textAnchor={rotation > 0 && !isHorizontal ? 'start' : anchor}
            transform={
              rotation !== 0 && !isHorizontal
                ? `rotate(${rotation} ${x} ${y})`
                : undefined
            }
          >
            {rotation !== 0 && !isHorizontal ? name : shorten(name, most)}
          </text>
        );
      })}
    </>
  );
}

function textOf(series: BarSeries, category: number): string {
  const value = series.values[category];
  if (value === null || value === undefined) {
    return '–';
  }
  const { display } = series.field;
  return display ? formattedValueToString(display(value)) : String(value);
}
