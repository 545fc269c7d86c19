import { customOf } from '../series';
import type { HistogramSeries } from './model';

export interface StackedCounts {
  /** Per series and bucket, from the count `start` to `end`; shares of 1 where they are percentages. */
  bars: Array<Array<{ start: number; end: number }>>;
  isStacked: boolean;
  isPercent: boolean;
}

/** Counts as bars: each from zero, or on top of those of the series before. */
export function stackCounts(
  series: Array<Pick<HistogramSeries, 'counts' | 'field'>>,
): StackedCounts {
  const mode = series[0] ? customOf(series[0].field).stacking?.mode : undefined;
  const isPercent = mode === 'percent';
  const isStacked = isPercent || mode === 'normal';
  const buckets = series[0]?.counts.map((_, i) => i) ?? [];
  const wholes = buckets.map(i =>
    isPercent ? series.reduce((sum, { counts }) => sum + counts[i], 0) || 1 : 1,
  );
  const tops = buckets.map(() => 0);
  return {
    isStacked,
    isPercent,
    bars: series.map(({ counts }) =>
      counts.map((count, i) => {
        const start = isStacked ? tops[i] : 0;
        const end = start + count / wholes[i];
        tops[i] = end;
        return { start, end };
      }),
    ),
  };
}
