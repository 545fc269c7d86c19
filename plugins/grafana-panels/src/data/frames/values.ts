import type { Series } from '@llm-platform/plugin-grafana-panels-common';

/** The texts by which JSON carries what it has no numbers for. */
const SPECIAL: Record<string, number> = {
  NaN: Number.NaN,
  '+Inf': Number.POSITIVE_INFINITY,
  '-Inf': Number.NEGATIVE_INFINITY,
};

/**
 * Times in milliseconds, ascending, each once (of two values at one time the later counts), with their values.
 */
export function pointsOf(series: Series): {
  times: number[];
  values: number[];
} {
  const times: number[] = [];
  const values: number[] = [];
  let ascending = true;
  const length = Math.min(series.times.length, series.values.length);
  for (let i = 0; i < length; i++) {
    const time = series.times[i] * 1_000;
    const raw = series.values[i];
    ascending &&= times.length === 0 || time > times[times.length - 1];
    times.push(time);
    values.push(typeof raw === 'number' ? raw : SPECIAL[raw] ?? Number.NaN);
  }
  return ascending ? { times, values } : inOrder(times, values);
}

function inOrder(times: number[], values: number[]) {
  const byTime = new Map(times.map((time, index) => [time, values[index]]));
  const sorted = [...byTime].sort(([a], [b]) => a - b);
  return {
    times: sorted.map(([time]) => time),
    values: sorted.map(([, value]) => value),
  };
}
