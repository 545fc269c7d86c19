import type { GrafanaTheme2 } from '@grafana/data';
import { ticksBetween, widestText } from '../chart';
import { axisTexts } from '../plot';
import { customOf } from '../series';
import { thresholdStyles, type ThresholdStyle } from '../thresholds';
import { valueRange, type Bar } from './layout';
import type { BarSeries } from './model';
import type { BarChartOptions } from './options';

/** An axis of values: bars of one unit share it. */
export interface ValueAxis {
  series: BarSeries[];
  min: number;
  max: number;
  ticks: number[];
  texts: string[];
  label?: string;
  /** At the left of upright bars, at the bottom of lying ones; otherwise on the other side. */
  isNear: boolean;
  isShown: boolean;
  thresholds?: ThresholdStyle;
}

/** The first unit has the near side and the others the far one, unless the dashboard says where. */
export function valueAxes(
  bars: Bar[],
  series: BarSeries[],
  stacking: BarChartOptions['stacking'],
  tickCount: number,
  theme: GrafanaTheme2,
): ValueAxis[] {
  return groupsOf(series, stacking).map((group, index): ValueAxis => {
    const own = bars.filter(bar => group.includes(bar.series));
    const { field } = group[0];
    const custom = customOf(field);
    const [thresholds] = thresholdStyles([{ field, custom }], [''], theme);
    const { min, max } = valueRange(own, group, stacking, linesOf(thresholds));
    const ticks = ticksBetween(min, max, tickCount);
    return {
      series: group,
      min,
      max,
      ticks,
      texts:
        stacking === 'percent'
          ? ticks.map(tick => `${Math.round(tick * 100)}%`)
          : axisTexts(ticks, field.display),
      label: custom.axisLabel || undefined,
      isNear:
        custom.axisPlacement === 'left' ||
        (custom.axisPlacement !== 'right' && index === 0),
      isShown: custom.axisPlacement !== 'hidden',
      thresholds,
    };
  });
}

/** Bars on top of each other stand on one axis, whatever their units. */
function groupsOf(
  series: BarSeries[],
  stacking: BarChartOptions['stacking'],
): BarSeries[][] {
  const groups = new Map<string, BarSeries[]>();
  for (const each of series) {
    const { unit, min, max } = each.field.config;
    const key =
      stacking === 'none'
        ? JSON.stringify([unit, min, max, customOf(each.field).axisPlacement])
        : '';
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()];
}

function linesOf(style: ThresholdStyle | undefined): number[] {
  return (style?.isLine ? style.steps : [])
    .map(({ value }) => value)
    .filter(Number.isFinite);
}

const LINE = 22;
const LABEL = 18;
const GAP = 10;

/** CSS pixels that an axis needs beside the bars. */
export function axisSize(axis: ValueAxis, isHorizontal: boolean): number {
  if (!axis.isShown) {
    return 0;
  }
  return (
    (isHorizontal ? LINE : widestText(axis.texts) + GAP) +
    (axis.label ? LABEL : 0)
  );
}
