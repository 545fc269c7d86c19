import {
  dateTimeFormat,
  FieldType,
  formattedValueToString,
  getFieldColorModeForField,
  getFieldDisplayName,
  getFieldSeriesColor,
  type DataFrame,
  type Field,
  type GrafanaTheme2,
} from '@grafana/data';
import type { HiddenNames } from '../legend';
import { alignFields, customOf, graphFieldsOf } from '../series';
import type { BarChartOptions } from './options';

export interface BarSeries {
  name: string;
  field: Field;
  color: string;
  values: Array<number | null>;
  /** Per bar, where the value decides. */
  colors?: string[];
}

export interface BarChartModel {
  categories: string[];
  areTimes: boolean;
  series: BarSeries[];
  /** Categories that there are beyond the drawn ones. */
  left: number;
}

/** More bars can't be told apart on a screen. */
const MAX_CATEGORIES = 400;

/** Categories and values: of the first frame that has both, else of series over time. */
export function barChartModel(
  frames: DataFrame[],
  options: BarChartOptions,
  theme: GrafanaTheme2,
  timeZone: string,
): BarChartModel | undefined {
  const frame = frames.find(({ fields }) => fields.some(isValue));
  if (!frame) {
    return undefined;
  }
  const x = xFieldOf(frame, options.xField);
  if (frames.length > 1 && x?.type === FieldType.time) {
    return timeModel(frames, theme, timeZone);
  }
  const values = frame.fields.filter(
    field => isValue(field) && field !== x && !customOf(field).hideFrom?.viz,
  );
  const colorField = options.colorByField
    ? frame.fields.find(field => isNamed(field, frame, options.colorByField))
    : undefined;
  const count = Math.min(frame.length, MAX_CATEGORIES);
  return {
    categories: Array.from({ length: count }, (_, i) =>
      x ? textOf(x, i, timeZone) : String(i + 1),
    ),
    areTimes: x?.type === FieldType.time,
    left: frame.length - count,
    series: values
      .filter(field => field !== colorField)
      .map(field => seriesOf(field, frame, frames, theme, count, colorField)),
  };
}

/** The same without what the reader switched off. */
export function visibleOf(
  model: BarChartModel,
  hidden: HiddenNames,
): BarSeries[] {
  return model.series.filter(({ name }) => !hidden.has(name));
}

function timeModel(
  frames: DataFrame[],
  theme: GrafanaTheme2,
  timeZone: string,
): BarChartModel {
  const fields = graphFieldsOf(frames, theme);
  const { times, values } = alignFields(fields);
  const from = Math.max(0, times.length - MAX_CATEGORIES);
  return {
    categories: times
      .slice(from)
      .map(time => dateTimeFormat(time, { timeZone, format: 'MM-DD HH:mm' })),
    areTimes: true,
    left: from,
    series: fields.map(({ name, color, field }, i) => ({
      name,
      color,
      field,
      values: values[i].slice(from).map(value => value ?? null),
    })),
  };
}

function seriesOf(
  field: Field,
  frame: DataFrame,
  frames: DataFrame[],
  theme: GrafanaTheme2,
  count: number,
  colorField: Field | undefined,
): BarSeries {
  const values = field.values
    .slice(0, count)
    .map((value: unknown) =>
      typeof value === 'number' && Number.isFinite(value) ? value : null,
    );
  const source =
    colorField ??
    (getFieldColorModeForField(field).isByValue ? field : undefined);
  const { color } = getFieldSeriesColor(field, theme);
  return {
    name: getFieldDisplayName(field, frame, frames),
    field,
    color,
    values,
    colors: source
      ? values.map((_, i) => source.display?.(source.values[i]).color ?? color)
      : undefined,
  };
}

function xFieldOf(frame: DataFrame, name: string | undefined) {
  return (
    (name
      ? frame.fields.find(field => isNamed(field, frame, name))
      : undefined) ??
    frame.fields.find(({ type }) => type === FieldType.string) ??
    frame.fields.find(({ type }) => type === FieldType.time)
  );
}

function isNamed(field: Field, frame: DataFrame, name: string | undefined) {
  return field.name === name || getFieldDisplayName(field, frame) === name;
}

function isValue({ type }: Field): boolean {
  return type === FieldType.number;
}

function textOf(field: Field, row: number, timeZone: string): string {
  const value: unknown = field.values[row];
  if (field.type === FieldType.time) {
    return dateTimeFormat(Number(value), { timeZone });
  }
  return field.display
    ? formattedValueToString(field.display(value))
    : String(value ?? '');
}
