import {
  FieldType,
  rangeUtil,
  type DataFrame,
  type Field,
  type GrafanaTheme2,
} from '@grafana/data';
import type { TimeRangeMs } from '../../data/types';
import { ticksBetween } from '../chart';
import { alignFields, graphFieldsOf, type GraphField } from '../series';
import type { HeatmapOptions } from './options';

export interface HeatmapRow {
  name: string;
  /** Bounds, where the name is one. */
  low?: number;
  high?: number;
  counts: Array<number | null>;
}

export interface HeatmapModel {
  /** Start of each column, Unix milliseconds. */
  times: number[];
  /** Milliseconds. */
  columnWidth: number;
  /** From the bottom to the top. */
  rows: HeatmapRow[];
  /** Of all counts that are shown. */
  range: { min: number; max: number };
  /** Shows what is on the y axis; undefined when rows have names only. */
  field?: Field;
}

/** Buckets beyond this are not told apart. */
const MAX_ROWS = 200;
const DEFAULT_COLUMNS = 40;
const DEFAULT_ROWS = 20;
const MAX_COLUMNS = 2_000;

/** A heatmap of buckets as they came, or (`calculate`) of how often values fell into buckets. */
export function heatmapModel(
  frames: DataFrame[],
  options: HeatmapOptions,
  timeRange: TimeRangeMs,
  theme: GrafanaTheme2,
): HeatmapModel | undefined {
  const fields = graphFieldsOf(
    frames,
    theme,
    ({ type }) => type === FieldType.number,
  );
  if (fields.length === 0) {
    return undefined;
  }
  const model = options.calculate
    ? calculated(fields, options, timeRange)
    : given(fields, options);
  return (
    model && {
      ...model,
      rows: model.rows.filter(row => isWithin(row, options.yAxis)),
      range: rangeOf(model.rows, options),
    }
  );
}

/** Whether a bucket reaches into what the y axis shows. */
function isWithin(
  { low = -Infinity, high = Infinity }: HeatmapRow,
  { min = -Infinity, max = Infinity }: HeatmapOptions['yAxis'],
): boolean {
  return high > min && low < max;
}

type Unranged = Omit<HeatmapModel, 'range'>;

function given(
  fields: GraphField[],
  options: HeatmapOptions,
): Unranged | undefined {
  const bounds = fields.map(({ field, name }) => boundOf(field, name));
  const isBounded = bounds.every(bound => bound !== undefined);
  const order = fields.map((_, i) => i);
  if (isBounded) {
    order.sort((a, b) => bounds[a]! - bounds[b]!);
  }
  const kept = order.slice(0, MAX_ROWS);
  const { times, values } = alignFields(
    // Only what was counted: no bridges and no inserted holes.
    kept.map(i => ({ ...fields[i], custom: { spanNulls: true } })),
  );
  if (times.length === 0) {
    return undefined;
  }
  const isLower = options.layout === 'ge';
  const rows = kept.map((fieldIndex, i): HeatmapRow => {
    const own = bounds[fieldIndex];
    const next = bounds[kept[i + 1]];
    const previous = bounds[kept[i - 1]];
    const counts = values[i].map(value => value ?? null);
    if (!isBounded || options.layout === 'unknown') {
      return { name: fields[fieldIndex].name, counts };
    }
    return {
      name: fields[fieldIndex].name,
      counts,
      low: isLower ? own : previous ?? 0,
      high: isLower ? next ?? Infinity : own,
    };
  });
  return {
    times,
    columnWidth: stepOf(times, fields[0].time.config.interval ?? undefined),
    rows,
    field: rows.some(({ high }) => high !== undefined)
      ? fields[0].field
      : undefined,
  };
}

/** A bucket's bound: its label `le`, else its name. */
function boundOf(field: Field, name: string): number | undefined {
  const text = field.labels?.le ?? name.trim();
  if (/^\+?inf(inity)?$/i.test(text)) {
    return Infinity;
  }
  const value = text === '' ? NaN : Number(text);
  return Number.isNaN(value) ? undefined : value;
}

function stepOf(times: number[], interval: number | undefined): number {
  if (interval) {
    return interval;
  }
  let least = Infinity;
  for (let i = 1; i < times.length; i++) {
    least = Math.min(least, times[i] - times[i - 1]);
  }
  return Number.isFinite(least) ? least : 60_000;
}

function calculated(
  fields: GraphField[],
  options: HeatmapOptions,
  { from, to }: TimeRangeMs,
): Unranged | undefined {
  const points = fields.flatMap(({ time, field }) =>
    field.values.flatMap((value: unknown, i: number) =>
      typeof value === 'number' && Number.isFinite(value)
        ? [{ time: Number(time.values[i]), value }]
        : [],
    ),
  );
  if (points.length === 0) {
    return undefined;
  }
  const columnWidth = columnWidthOf(options, to - from);
  const start = Math.floor(from / columnWidth) * columnWidth;
  const columns = Math.max(1, Math.ceil((to - start) / columnWidth));
  const edges = edgesOf(
    points.map(({ value }) => value),
    options,
  );
  const counts = Array.from({ length: edges.length - 1 }, () =>
    new Array<number>(columns).fill(0),
  );
  for (const { time, value } of points) {
    const column = Math.floor((time - start) / columnWidth);
    let row = 0;
    while (row < counts.length - 1 && value >= edges[row + 1]) {
      row++;
    }
    if (column >= 0 && column < columns) {
      counts[row][column]++;
    }
  }
  return {
    times: Array.from({ length: columns }, (_, i) => start + i * columnWidth),
    columnWidth,
    rows: counts.map((each, i) => ({
      name: `${edges[i]}`,
      low: edges[i],
      high: edges[i + 1],
      counts: each,
    })),
    field: fields[0].field,
  };
}

function columnWidthOf(options: HeatmapOptions, range: number): number {
  const { mode, value } = options.calculation.xBuckets ?? {};
  let width = range / DEFAULT_COLUMNS;
  if (mode === ('size' as string) && value) {
    try {
      width = /^\d+(\.\d+)?$/.test(value)
        ? Number(value)
        : rangeUtil.intervalToMs(value);
    } catch {
      // A size that can't be read: as if there was none.
    }
  } else if (Number(value) > 0) {
    width = range / Number(value);
  }
  return Math.max(1, width, range / MAX_COLUMNS);
}

function edgesOf(values: number[], options: HeatmapOptions): number[] {
  const min = values.reduce((a, b) => Math.min(a, b));
  const max = values.reduce((a, b) => Math.max(a, b));
  const { mode, value, scale } = options.calculation.yBuckets ?? {};
  if (scale?.type === ('log' as string) && max > 0) {
    return logEdges(
      values.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), max),
      max,
      scale.log === 2 ? 2 : 10,
    );
  }
  const wanted = Number(value);
  if (mode === ('size' as string) && wanted > 0) {
    const count = Math.min(
      MAX_ROWS,
      Math.floor(max / wanted) - Math.floor(min / wanted) + 1,
    );
    const first = Math.floor(min / wanted);
    return Array.from({ length: count + 1 }, (_, i) => (first + i) * wanted);
  }
  const ticks = ticksBetween(
    min,
    max > min ? max : min + 1,
    Math.min(MAX_ROWS, wanted > 0 ? wanted : DEFAULT_ROWS),
  );
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : 1;
  const edges = [...ticks];
  if (edges[0] > min) {
    edges.unshift(Number((edges[0] - step).toPrecision(12)));
  }
  edges.push(Number((edges[edges.length - 1] + step).toPrecision(12)));
  return edges;
}

function logEdges(min: number, max: number, base: number): number[] {
  const log = (value: number) => Math.log(value) / Math.log(base);
  const first = Math.floor(log(min) + 1e-9);
  const last = Math.floor(log(max) + 1e-9) + 1;
  return Array.from(
    { length: last - first + 1 },
    (_, i) => base ** (first + i),
  );
}

/** Whether a cell with this count is drawn. */
export function isCellShown(
  count: number | null,
  { le, ge }: HeatmapOptions['filterValues'],
): count is number {
  return (
    count !== null &&
    Number.isFinite(count) &&
    !(le !== undefined && le !== null && count <= le) &&
    !(ge !== undefined && ge !== null && count >= ge)
  );
}

function rangeOf(
  rows: HeatmapRow[],
  options: HeatmapOptions,
): { min: number; max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (const { counts } of rows) {
    for (const count of counts) {
      if (isCellShown(count, options.filterValues)) {
        min = Math.min(min, count);
        max = Math.max(max, count);
      }
    }
  }
  const low = options.color.min ?? (Number.isFinite(min) ? min : 0);
  const high = options.color.max ?? (Number.isFinite(max) ? max : 1);
  return { min: low, max: high };
}
