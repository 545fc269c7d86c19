import { customOf } from '../series';
import type { BarSeries } from './model';
import type { BarChartOptions } from './options';

/** A bar along the value axis: from the value `start` to `end`, in slot `slot` of `slots` of its category. */
export interface Bar {
  series: BarSeries;
  category: number;
  start: number;
  end: number;
  slot: number;
  slots: number;
}

/** Bars side by side or on top of each other; what is below zero piles up downwards. */
export function barsOf(
  series: BarSeries[],
  count: number,
  stacking: BarChartOptions['stacking'],
): Bar[] {
  const bars: Bar[] = [];
  for (let category = 0; category < count; category++) {
    const total =
      stacking === 'percent'
        ? series.reduce(
            (sum, { values }) => sum + Math.abs(values[category] ?? 0),
            0,
          ) || 1
        : 1;
    let above = 0;
    let below = 0;
    series.forEach((each, index) => {
      const value = each.values[category];
      if (value === null || value === undefined) {
        return;
      }
      if (stacking === 'none') {
        bars.push({
          series: each,
          category,
          start: 0,
          end: value,
          slot: index,
          slots: series.length,
        });
        return;
      }
      const share = value / total;
      const start = share < 0 ? below : above;
      if (share < 0) {
        below += share;
      } else {
        above += share;
      }
      bars.push({
        series: each,
        category,
        start,
        end: start + share,
        slot: 0,
        slots: 1,
      });
    });
  }
  return bars;
}

/** What a value axis has to show: all its bars, zero, and the dashboard's own limits. */
export function valueRange(
  bars: Bar[],
  series: BarSeries[],
  stacking: BarChartOptions['stacking'],
  /** Values that have to be in sight whatever the data: thresholds drawn as lines. */
  reach: number[] = [],
): { min: number; max: number } {
  if (stacking === 'percent') {
    return { min: bars.some(({ end }) => end < 0) ? -1 : 0, max: 1 };
  }
  const [first] = series;
  const { config } = first?.field ?? { config: {} };
  const { axisSoftMin, axisSoftMax } = first ? customOf(first.field) : {};
  // A bar's length says something only when it starts at zero.
  const values = [
    0,
    axisSoftMin ?? 0,
    axisSoftMax ?? 0,
    ...reach,
    ...bars.map(({ end }) => end),
  ];
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((most, value) => Math.max(most, value));
  // Room for the numbers above and below the bars.
  const pad = (high - low) * 0.12;
  const min = config.min ?? (low < 0 ? low - pad : 0);
  const max = config.max ?? (high > 0 ? high + pad : 0);
  return max > min ? { min, max } : { min, max: min + 1 };
}
