import { useId } from 'react';
import { formattedValueToString, type GrafanaTheme2 } from '@grafana/data';
import { withOpacity } from '../../theme';
import { Fade, fadesTo, ticksBetween, widestText } from '../chart';
import { arrangeRows, useFloating, type TooltipOptions } from '../floating';
import { axisTexts } from '../plot';
import { customOf } from '../series';
import type { HistogramModel } from './model';
import { stackCounts } from './stack';
import css from './Histogram.module.css';

const TOP = 8;
const BOTTOM = 22;
const RIGHT = 12;
const Y_SPACE = 36;
const X_SPACE = 70;

/** A bar for each bucket, of several series one over the other or on top of each other. */
export function Buckets(props: {
  model: HistogramModel;
  width: number;
  height: number;
  tooltip: TooltipOptions;
  theme: GrafanaTheme2;
}) {
  const { model, width, height, tooltip, theme } = props;
  const floating = useFloating();
  const fadeId = useId();
  const { lows, highs, series, x } = model;
  const [min, max] = [lows[0], highs[highs.length - 1]];
  const { bars, isPercent, isStacked } = stackCounts(series);
  const most = isPercent
    ? 1
    : bars.flat().reduce((high, bar) => Math.max(high, bar.end), 1);
  const innerHeight = Math.max(10, height - TOP - BOTTOM);
  const yTicks = ticksBetween(0, most, innerHeight / Y_SPACE).filter(
    tick => isPercent || Number.isInteger(tick),
  );
  const yTexts = yTicks.map(tick =>
    isPercent ? `${Math.round(tick * 100)}%` : String(tick),
  );
  const left = widestText(yTexts) + 10;
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
      {yTicks.map((tick, i) => (
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
            {yTexts[i]}
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
          {...(tooltip.mode === 'none'
            ? {}
            : floating(() => ({
                title: `${edge(low)} to ${edge(highs[i])}`,
                rows: arrangeRows(
                  series.map(({ name, color, counts }) => ({
                    name,
                    color,
                    text: String(counts[i]),
                    value: counts[i],
                  })),
                  tooltip,
                ),
              })))}
        />
      ))}
      {series.map(({ name, color, field }, n) => {
        const {
          fillOpacity = 80,
          lineWidth = 1,
          gradientMode,
        } = customOf(field);
        // Bars of several series lie over each other.
        const opacity =
          series.length > 1 && !isStacked
            ? Math.min(0.5, fillOpacity / 100)
            : fillOpacity / 100;
        const low = fadesTo(gradientMode);
        return (
          <g key={name}>
            {low === undefined ? undefined : (
              <Fade
                id={`${fadeId}${n}`}
                frame={{
                  left,
                  top: TOP,
                  width: innerWidth,
                  height: innerHeight,
                }}
                isHorizontal={false}
                from={withOpacity(color, opacity * low)}
                to={withOpacity(color, opacity)}
              />
            )}
            {bars[n].map(({ start, end }, i) =>
              end > start ? (
                <rect
                  key={lows[i]}
                  className={css.bar}
                  x={toX(lows[i])}
                  y={toY(end)}
                  width={Math.max(1, toX(highs[i]) - toX(lows[i]) - 1)}
                  height={Math.max(0, toY(start) - toY(end))}
                  fill={
                    low === undefined
                      ? withOpacity(color, opacity)
                      : `url(#${fadeId}${n})`
                  }
                  stroke={color}
                  strokeWidth={lineWidth}
                />
              ) : null,
            )}
          </g>
        );
      })}
    </svg>
  );
}
