import type { Series } from '@llm-platform/plugin-grafana-panels-common';
import { QueryFailure } from '../failures';

type Value = Series['values'][number];

/** Series of one answer, within the limits. */
export interface ReadSeries {
  series: Series[];
  warnings: string[];
}

export interface SeriesLimits {
  series: number;
  points: number;
}

const HISTOGRAMS =
  'Native histograms were left out: use histogram_quantile or another function on them.';

/**
 * Reads `data` of Prometheus' answer to a query. Written by hand, because a million points are checked one by one. Throws a
 * QueryFailure: `too_large`, or `upstream_error` for what is no such answer.
 */
export function readSeries(data: unknown, limits: SeriesLimits): ReadSeries {
  const { resultType, result } = asRecord(data);
  switch (resultType) {
    case 'matrix':
      return readList(result, 'values', limits);
    case 'vector':
      return readList(result, 'value', limits);
    case 'scalar': {
      const [time, value] = readPoint(result);
      return {
        series: [{ labels: {}, times: [time], values: [value] }],
        warnings: [],
      };
    }
    case 'string':
      throw new QueryFailure(
        'bad_query',
        'The expression is a text, which has no values to show.',
      );
    default:
      throw unexpected();
  }
}

function readList(
  result: unknown,
  key: 'value' | 'values',
  limits: SeriesLimits,
): ReadSeries {
  const items = asList(result);
  if (items.length > limits.series) {
    throw new QueryFailure(
      'too_large',
      `The query has more than ${limits.series} series. Add matchers, or aggregate them (sum by …).`,
    );
  }
  const series: Series[] = [];
  let points = 0;
  let hasHistograms = false;
  for (const item of items) {
    const record = asRecord(item);
    if (record.histogram !== undefined || record.histograms !== undefined) {
      hasHistograms = true;
    }
    if (record[key] === undefined) {
      continue;
    }
    const values = key === 'value' ? [record[key]] : asList(record[key]);
    points += values.length;
    if (points > limits.points) {
      throw new QueryFailure(
        'too_large',
        `The query has more than ${limits.points} points. Choose a shorter range or fewer series.`,
      );
    }
    series.push(toSeries(record.metric, values));
  }
  return { series, warnings: hasHistograms ? [HISTOGRAMS] : [] };
}

function toSeries(metric: unknown, points: unknown[]): Series {
  const times = new Array<number>(points.length);
  const values = new Array<Value>(points.length);
  for (let i = 0; i < points.length; i += 1) {
    [times[i], values[i]] = readPoint(points[i]);
  }
  return { labels: readLabels(metric), times, values };
}

export function readLabels(metric: unknown): Record<string, string> {
  const labels = Object.entries(asRecord(metric));
  if (
    !labels.every(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    )
  ) {
    throw unexpected();
  }
  return Object.fromEntries(labels);
}

function readPoint(point: unknown): [number, Value] {
  const [time, text] = asList(point);
  if (typeof time !== 'number' || typeof text !== 'string') {
    throw unexpected();
  }
  const value = Number(text);
  if (Number.isFinite(value) && text !== '') {
    return [time, value];
  }
  if (text === 'NaN' || text === '+Inf' || text === '-Inf') {
    return [time, text];
  }
  throw unexpected();
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw unexpected();
  }
  return value as Record<string, unknown>;
}

export function asList(value: unknown): unknown[] {
  if (!Array.isArray(value)) {
    throw unexpected();
  }
  return value;
}

export function unexpected(): QueryFailure {
  return new QueryFailure(
    'upstream_error',
    "The answer doesn't look like one of Prometheus. Is the configured address right?",
  );
}
