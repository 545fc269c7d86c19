import {
  buildHistogram,
  getFieldDisplayName,
  getFieldSeriesColor,
  getHistogramFields,
  type DataFrame,
  type Field,
  type GrafanaTheme2,
} from '@grafana/data';
import { customOf } from '../series';

export interface HistogramSeries {
  name: string;
  color: string;
  counts: number[];
  field: Field;
}

export interface HistogramModel {
  /** Bounds of each bucket, ascending. */
  lows: number[];
  highs: number[];
  /** Shows the values along the x axis. */
  x: Field;
  series: HistogramSeries[];
}

/** How often values fall between bounds: read from a frame that says so, else counted. */
export function histogramModel(
  frames: DataFrame[],
  options: Record<string, unknown>,
  theme: GrafanaTheme2,
): HistogramModel | undefined {
  const ready = frames.length === 1 ? getHistogramFields(frames[0]) : undefined;
  const histogram =
    ready ??
    buildHistogram(
      // Values that are none would make buckets without end.
      frames.map(withFiniteValues),
      {
        bucketCount: positive(options.bucketCount),
        bucketSize: positive(options.bucketSize),
        bucketOffset: Number(options.bucketOffset) || 0,
        combine: options.combine === true,
      },
      theme,
    ) ??
    undefined;
  // Values of very different sizes make bounds that aren't numbers.
  if (
    !histogram ||
    ![...histogram.xMin.values, ...histogram.xMax.values].every(Number.isFinite)
  ) {
    return undefined;
  }
  // Counted fields come in the order of their sources, without their names.
  const names = ready
    ? []
    : frames.flatMap(frame =>
        frame.fields
          .filter(({ type }) => type === 'number')
          .map(field => getFieldDisplayName(field, frame, frames)),
      );
  const source = frames
    .flatMap(({ fields }) => fields)
    .find(({ type }) => type === 'number');
  return {
    lows: histogram.xMin.values.map(Number),
    highs: histogram.xMax.values.map(Number),
    x: histogram.xMin.display ? histogram.xMin : source ?? histogram.xMin,
    series: histogram.counts
      .filter(field => !customOf(field).hideFrom?.viz)
      .map((field, i, fields) => ({
        name: names.length === fields.length ? names[i] : field.name,
        color: getFieldSeriesColor(field, theme).color,
        counts: field.values.map((value: unknown) => Number(value) || 0),
        field,
      })),
  };
}

function positive(value: unknown): number | undefined {
  return Number(value) > 0 ? Number(value) : undefined;
}

function withFiniteValues(frame: DataFrame): DataFrame {
  return {
    ...frame,
    fields: frame.fields.map(field =>
      field.type === 'number'
        ? {
            ...field,
            values: field.values.filter((value: unknown) =>
              Number.isFinite(value),
            ),
          }
        : field,
    ),
  };
}
