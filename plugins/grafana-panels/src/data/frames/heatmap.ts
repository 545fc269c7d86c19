import {
  DataFrameType,
  FieldType,
  type DataFrame,
  type Field,
} from '@grafana/data';
import type { Series } from '@llm-platform/plugin-grafana-panels-common';
import { legendOf } from './legend';
import { timeField } from './timeField';
import type { Answer } from './types';
import { pointsOf } from './values';

/** The label of a bucket's upper bound. */
const BOUND = 'le';

/**
 * Buckets of a histogram: one frame for each set of the other labels, a field per bucket from the lowest bound to the
 * highest, each with its own count only (Prometheus' buckets hold all that is below).
 */
export function heatmapFrames(answer: Answer): DataFrame[] {
  const groups = new Map<string, Series[]>();
  for (const series of answer.series) {
    const { [BOUND]: _, ...others } = series.labels;
    const key = JSON.stringify(Object.entries(others).sort());
    groups.set(key, [...(groups.get(key) ?? []), series]);
  }
  return [...groups.values()].map(group => bucketsFrame(group, answer));
}

function bucketsFrame(group: Series[], answer: Answer): DataFrame {
  const buckets = group
    .map(series => ({ series, points: pointsOf(series) }))
    .sort((a, b) => boundOf(a.series) - boundOf(b.series));
  const times = [
    ...new Set(buckets.flatMap(({ points }) => points.times)),
  ].sort((a, b) => a - b);
  // What is counted below a bucket, at each time.
  const below = times.map(() => 0);
  const fields = buckets.map(({ series, points }): Field => {
    const at = new Map(
      points.times.map((time, index) => [time, points.values[index]]),
    );
    const values = times.map((time, index) => {
      const total = at.get(time);
      if (total === undefined || Number.isNaN(total)) {
        return null;
      }
      // Buckets that are read one after the other may differ by what came between.
      const own = Math.max(0, total - below[index]);
      below[index] = Math.max(below[index], total);
      return own;
    });
    const name =
      legendOf(series.labels, answer.legendFormat, answer.expr) ??
      series.labels[BOUND] ??
      'Value';
    return {
      name,
      type: FieldType.number,
      config: { displayNameFromDS: name },
      labels: series.labels,
      values,
    };
  });
  return {
    refId: answer.refId,
    length: times.length,
    meta: {
      type: DataFrameType.HeatmapRows,
      executedQueryString: answer.executed,
    },
    fields: [timeField(times, answer), ...fields],
  };
}

/** A series without a bound is no bucket and comes last. */
function boundOf(series: Series): number {
  const bound = series.labels[BOUND];
  if (bound === undefined || bound === '+Inf') {
    return Number.MAX_VALUE;
  }
  const value = Number(bound);
  return Number.isNaN(value) ? Number.MAX_VALUE : value;
}
