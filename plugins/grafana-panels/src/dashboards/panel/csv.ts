import {
  FieldType,
  getFieldDisplayName,
  outerJoinDataFrames,
  type DataFrame,
  type Field,
} from '@grafana/data';

/**
 * A panel's data as RFC 4180 text: raw values, times in ISO 8601. Series share one column of times; frames that are
 * tables follow each other, an empty line between them.
 */
export function toCsv(frames: readonly DataFrame[]): string {
  return joinSeries(frames.filter(({ fields }) => fields.length > 0))
    .map(writeFrame)
    .join('\r\n');
}

function joinSeries(frames: DataFrame[]): DataFrame[] {
  const isSeries = frames.every(
    ({ fields }) =>
      fields.some(({ type }) => type === FieldType.time) &&
      fields.every(
        ({ type }) => type === FieldType.time || type === FieldType.number,
      ),
  );
  if (!isSeries || frames.length < 2) {
    return frames.map(frame => named(frame, frames));
  }
  const joined = outerJoinDataFrames({
    frames: frames.map(frame => named(frame, frames)),
  });
  return joined ? [joined] : [];
}

/** Names as in the legend; joining would make others. */
function named(frame: DataFrame, all: DataFrame[]): DataFrame {
  return {
    ...frame,
    fields: frame.fields.map(field => ({
      ...field,
      config: {
        ...field.config,
        displayName: getFieldDisplayName(field, frame, all),
      },
      state: undefined,
    })),
  };
}

function writeFrame({ fields, length }: DataFrame): string {
  const rows = [
    fields.map(({ config, name }) => quote(config.displayName ?? name)),
    ...Array.from({ length }, (_, row) =>
      fields.map(field => cell(field, row)),
    ),
  ];
  return rows.map(cells => `${cells.join(',')}\r\n`).join('');
}

function cell(field: Field, row: number): string {
  const value: unknown = field.values[row];
  if (value === null || value === undefined) {
    return '';
  }
  if (field.type === FieldType.time) {
    const time = new Date(Number(value));
    return Number.isNaN(time.getTime()) ? '' : time.toISOString();
  }
  if (typeof value === 'number') {
    return String(value);
  }
  return quote(
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  );
}

/** Label values come from workloads: a spreadsheet must not take one for a formula. */
function quote(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless)
    ? `"${harmless.replace(/"/g, '""')}"`
    : harmless;
}
