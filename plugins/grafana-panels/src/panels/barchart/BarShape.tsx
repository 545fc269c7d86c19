import { useId, type SVGProps } from 'react';
import type { GrafanaTheme2 } from '@grafana/data';
import { mixOn, textOn, withOpacity } from '../../theme';
import { Fade, fadesTo, textWidth } from '../chart';
import { customOf } from '../series';
import type { Frame } from './frame';
import type { Bar } from './layout';
import type { BarChartOptions } from './options';
import { textOf } from './textOf';
import css from './BarChart.module.css';

/** CSS pixels of the picture. */
export interface BarRect {
  x: number;
  y: number;
  width: number;
  height: number;
}

const TEXT_SIZE = 11;

/** One bar, and its value where there is room or the dashboard wants it. */
export function BarShape(props: {
  bar: Bar;
  rect: BarRect;
  frame: Frame;
  isHorizontal: boolean;
  options: BarChartOptions;
  theme: GrafanaTheme2;
  /** Handlers of a bar that has a tooltip of its own. */
  hover?: SVGProps<SVGRectElement>;
}) {
  const { bar, rect, frame, isHorizontal, options, theme, hover } = props;
  const gradientId = useId();
  const { series, category } = bar;
  const color = series.colors?.[category] ?? series.color;
  const custom = customOf(series.field);
  const text = textOf(series, category);
  const size = options.text.valueSize ?? TEXT_SIZE;
  const textLength = (textWidth(text) * size) / TEXT_SIZE;
  const isStacked = options.stacking !== 'none';
  const opacity = (custom.fillOpacity ?? 80) / 100;
  const low = fadesTo(custom.gradientMode);
  const isInside = isStacked || isHorizontal;
  const fits = isInside
    ? rect.height >= size + 3 && rect.width >= textLength + 4
    : rect.width >= textLength - 8;
  const showsValue =
    options.showValue === 'always' || (options.showValue === 'auto' && fits);
  const place = labelPlace(rect, isHorizontal, isStacked, bar.end < bar.start);
  const under = opacity * strengthAt(place, frame, isHorizontal, low ?? 1);
  return (
    <>
      {low === undefined ? undefined : (
        <Fade
          id={gradientId}
          frame={frame}
          isHorizontal={isHorizontal}
          from={withOpacity(color, opacity * low)}
          to={withOpacity(color, opacity)}
        />
      )}
      <rect
        {...rect}
        rx={options.barRadius * Math.min(rect.width, rect.height)}
        fill={
          low === undefined
            ? withOpacity(color, opacity)
            : `url(#${gradientId})`
        }
        stroke={color}
        strokeWidth={custom.lineWidth ?? 1}
        {...(hover ?? { pointerEvents: 'none' })}
      />
      {showsValue ? (
        <text
          className={css.value}
          fontSize={size}
          fill={
            isInside
              ? textOn(mixOn(theme.colors.background.primary, color, under))
              : theme.colors.text.primary
          }
          {...place}
        >
          {text}
        </text>
      ) : undefined}
    </>
  );
}

/** How much of a fill's opacity is under a point of the picture. */
function strengthAt(
  { x, y }: { x: number; y: number },
  { left, top, width, height }: Frame,
  isHorizontal: boolean,
  low: number,
): number {
  const share = isHorizontal ? (x - left) / width : (top + height - y) / height;
  return low + (1 - low) * Math.min(1, Math.max(0, share));
}

function labelPlace(
  rect: BarRect,
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
