import uPlot from 'uplot';
import type { GraphField } from './graphFields';

/** Numbers to draw: `null` breaks a curve, `undefined` only says that another curve has a point here. */
export type DrawnValues = Array<number | null | undefined>;

export interface AlignedFields {
  /** Unix milliseconds, ascending, each once. */
  times: number[];
  /** Per field, in their order, as long as `times`. */
  values: DrawnValues[];
}

/**
 * Puts curves with their own times onto one axis. Times that go backwards are sorted and the last of equal ones wins;
 * NaN and infinities break the curve; so does a hole that is longer than the step (`config.interval` of the time field).
 */
export function alignFields(fields: GraphField[]): AlignedFields {
  if (fields.length === 0) {
    return { times: [], values: [] };
  }
  const tables = fields.map(tableOf);
  const first = tables[0][0];
  const isShared = tables.every(([times]) => equalTimes(times, first));
  const joined = isShared
    ? [first, ...tables.map(([, values]) => values)]
    : (uPlot.join(tables as uPlot.AlignedData[]) as unknown as [
        number[],
        ...DrawnValues[],
      ]);
  const [times, ...values] = joined as [number[], ...DrawnValues[]];
  return {
    times,
    values: values.map((list, index) =>
      spanNulls(times, list, fields[index].custom.spanNulls),
    ),
  };
}

function tableOf(graph: GraphField): [number[], DrawnValues] {
  const filled = fillHoles(graph);
  const times = filled.time;
  const values = filled.values.map(toDrawn);
  for (let i = 1; i < times.length; i++) {
    if (!(times[i] > times[i - 1])) {
      return sorted(times, values);
    }
  }
  return [times, values];
}

/** One empty point in each hole, however long: a clock that jumped must not make millions of them. */
function fillHoles(graph: GraphField): { time: number[]; values: unknown[] } {
  const { time, field, custom } = graph;
  const { interval } = time.config;
  // A hole of any length is bridged anyway.
  if (custom.spanNulls === true || !interval) {
    return { time: time.values, values: field.values };
  }
  const times: number[] = [];
  const values: unknown[] = [];
  time.values.forEach((at, i) => {
    if (i > 0 && at - time.values[i - 1] > interval) {
      times.push(time.values[i - 1] + interval);
      values.push(null);
    }
    times.push(at);
    values.push(field.values[i]);
  });
  return { time: times, values };
}

function toDrawn(value: unknown): number | null {
  if (typeof value === 'boolean') {
    return value ? 1 : 0;
  }
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function sorted(times: number[], values: DrawnValues): [number[], DrawnValues] {
  const byTime = new Map(times.map((time, i) => [time, values[i]]));
  const entries = [...byTime].sort(([a], [b]) => a - b);
  return [entries.map(([time]) => time), entries.map(([, value]) => value)];
}

function equalTimes(a: number[], b: number[]): boolean {
  return (
    a === b || (a.length === b.length && a.every((time, i) => time === b[i]))
  );
}

/** Bridges holes: all of them, or those of at most so many milliseconds. */
function spanNulls(
  times: number[],
  values: DrawnValues,
  span: boolean | number | undefined,
): DrawnValues {
  if (!span) {
    return values;
  }
  const limit = span === true ? Infinity : span;
  const result = values.slice();
  let last: number | undefined;
  for (let i = 0; i < values.length; i++) {
    if (typeof values[i] !== 'number') {
      continue;
    }
    if (last !== undefined && i - last > 1 && times[i] - times[last] <= limit) {
      result.fill(undefined, last + 1, i);
    }
    last = i;
  }
  return result;
}
