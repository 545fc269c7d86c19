import { useMemo, useState } from 'react';
import { formattedValueToString, type GrafanaTheme2 } from '@grafana/data';
import { withOpacity } from '../../theme';
import { ticksBetween, widestText } from '../chart';
import { useFloating } from '../floating';
import {
  Legend,
  LegendLayout,
  legendOf,
  legendWidth,
  toggleName,
  type HiddenNames,
} from '../legend';
import { axisTexts } from '../plot';
import { customOf } from '../series';
import { Message } from '../state';
import type { PanelProps } from '../types';
import { histogramModel, type HistogramModel } from './model';
import css from './Histogram.module.css';

/** How often which values occur. */
export function HistogramPanel(props: PanelProps) {
  const { data, options, theme } = props;
  const [hidden, setHidden] = useState<HiddenNames>(new Set());
  const model = useMemo(
    () => histogramModel(data.frames, options, theme),
    [data.frames, options, theme],
  );
  if (!model || model.lows.length === 0) {
    return (
      <Message title="Nothing to count" text="A histogram needs numbers." />
    );
  }
  const legend = legendOf(options);
  const names = model.series.map(({ name }) => name);
  const items = model.series.map(({ name, color }) => ({
    name,
    color,
    values: [],
  }));
  return (
    <LegendLayout
      options={legend}
      width={props.width}
      height={props.height}
      neededWidth={legendWidth(items)}
      legend={
        <Legend
          options={legend}
          items={items}
          hidden={hidden}
          onToggle={(name, onlyThis) =>
            setHidden(toggleName(hidden, names, name, onlyThis))
          }
        />
      }
    >
      {(width, height) => (
        <Bars
          model={{
            ...model,
            series: model.series.filter(({ name }) => !hidden.has(name)),
          }}
          width={width}
          height={height}
          theme={theme}
        />
      )}
    </LegendLayout>
  );
}

const TOP = 8;
const BOTTOM = 22;
const RIGHT = 12;
const Y_SPACE = 36;
const X_SPACE = 70;

function Bars(props: {
  model: HistogramModel;
  width: number;
  height: number;
  theme: GrafanaTheme2;
}) {
  const { model, width, height, theme } = props;
  const floating = useFloating();
  const { lows, highs, series, x } = model;
  const [min, max] = [lows[0], highs[highs.length - 1]];
  const most = series.reduce(
    (high, { counts }) => counts.reduce((a, b) => Math.max(a, b), high),
    1,
  );
  const innerHeight = Math.max(10, height - TOP - BOTTOM);
  const yTicks = ticksBetween(0, most, innerHeight / Y_SPACE).filter(
    Number.isInteger,
  );
  const left = widestText(yTicks.map(String)) + 10;
  const innerWidth = Math.max(10, width - left - RIGHT);
  const toX = (value: number) =>
    left + ((value - min) / (max - min || 1)) * innerWidth;
  const toY = (count: number) =>
    TOP + (1 - count / (most * 1.05)) * innerHeight;
  const xTicks = ticksBetween(min, max, innerWidth / X_SPACE);
  const xTexts = axisTexts(xTicks, x.display);
  const edge = (value: number) =>
    x.display ? formattedValueToString(x.display(value)) : String(value);

  return (
    <svg
      width={width}
      height={height}
      className={css.chart}
      aria-hidden="true"
      focusable="false"
    >
      {yTicks.map(tick => (
        <g key={tick}>
          <line
            x1={left}
            x2={left + innerWidth}
            y1={toY(tick)}
            y2={toY(tick)}
            stroke={theme.colors.border.weak}
          />
          <text
            x={left - 6}
            y={toY(tick) + 4}
            textAnchor="end"
            fill={theme.colors.text.secondary}
            className={css.tick}
          >
            {tick}
          </text>
        </g>
      ))}
      {xTicks.map((tick, i) => (
        <text
          key={tick}
          x={toX(tick)}
          y={height - 6}
          textAnchor="middle"
          fill={theme.colors.text.secondary}
          className={css.tick}
        >
          {xTexts[i]}
        </text>
      ))}
      {lows.map((low, i) => (
        <rect
          key={low}
          className={css.bucket}
          x={toX(low)}
          y={TOP}
          width={Math.max(1, toX(highs[i]) - toX(low))}
          height={innerHeight}
          {...floating(() => ({
            title: `${edge(low)} to ${edge(highs[i])}`,
            rows: series.map(({ name, color, counts }) => ({
              name,
              color,
              text: String(counts[i]),
            })),
          }))}
        />
      ))}
      {series.map(({ name, color, counts, field }) => {
        const { fillOpacity = 80, lineWidth = 1 } = customOf(field);
        return counts.map((count, i) =>
          count > 0 ? (
            <rect
              key={`${name} ${lows[i]}`}
              className={css.bar}
              x={toX(lows[i])}
              y={toY(count)}
              width={Math.max(1, toX(highs[i]) - toX(lows[i]) - 1)}
              height={Math.max(0, TOP + innerHeight - toY(count))}
              // Bars of several series lie over each other.
              fill={withOpacity(
                color,
                series.length > 1
                  ? Math.min(0.5, fillOpacity / 100)
                  : fillOpacity / 100,
              )}
              stroke={color}
              strokeWidth={lineWidth}
            />
          ) : null,
        );
      })}
    </svg>
  );
}
