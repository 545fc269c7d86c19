import {
  FieldType,
  formattedValueToString,
  getFieldDisplayName,
  type DataFrame,
  type Field,
} from '@grafana/data';
import { alignFields, type GraphField } from '../series';

export interface PlainTable {
  headings: string[];
  /** Texts as shown, with units. */
  rows: string[][];
  /** Rows that there are beyond `rows`. */
  left: number;
}

/** What a table in the page can hold and a reader may go through. */
const MAX_ROWS = 1000;

/** The data of a panel as one table: series over time side by side, anything else frame by frame. */
export function tablesOf(frames: DataFrame[]): PlainTable[] {
  const isSeries = (frame: DataFrame) =>
    frame.fields.length > 1 &&
    frame.fields[0].type === FieldType.time &&
    frame.fields.slice(1).every(({ type }) => type === FieldType.number);
  const filled = frames.filter(({ length }) => length > 0);
  return filled.length > 0 && filled.every(isSeries)
    ? [seriesTable(filled)]
    : filled.map(frame => frameTable(frame, frames));
}

function seriesTable(frames: DataFrame[]): PlainTable {
  const fields: GraphField[] = frames.flatMap(frame =>
    frame.fields.slice(1).map(field => ({
      name: getFieldDisplayName(field, frame, frames),
      color: '',
      frame,
      time: frame.fields[0],
      field,
      // Bridges nothing and inserts nothing: only what was read.
      custom: { spanNulls: true },
    })),
  );
  const { times, values } = alignFields(fields);
  const time = frames[0].fields[0];
  // The newest is what is looked for.
  const newest = [...times.keys()].reverse();
  return {
    headings: ['Time', ...fields.map(({ name }) => name)],
    rows: newest
      .slice(0, MAX_ROWS)
      .map(i => [
        textOf(time, times[i]),
        ...fields.map(({ field }, n) => textOf(field, values[n][i])),
      ]),
    left: Math.max(0, newest.length - MAX_ROWS),
  };
}

function frameTable(frame: DataFrame, frames: DataFrame[]): PlainTable {
  return {
    headings: frame.fields.map(field =>
      getFieldDisplayName(field, frame, frames),
    ),
    rows: Array.from({ length: Math.min(frame.length, MAX_ROWS) }, (_, i) =>
      frame.fields.map(field => textOf(field, field.values[i])),
    ),
    left: Math.max(0, frame.length - MAX_ROWS),
  };
}

function textOf(field: Field, value: unknown): string {
  if (value === null || value === undefined) {
    return '';
  }
  return field.display
    ? formattedValueToString(field.display(value))
    : String(value);
}
