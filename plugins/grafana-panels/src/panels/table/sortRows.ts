import type { Field } from '@grafana/data';

export interface Sorting {
  /** Index of the column. */
  column: number;
  isDescending: boolean;
}

/** Row numbers in the order of a column; what has no value comes last either way, equal rows keep their order. */
export function sortRows(
  field: Field | undefined,
  length: number,
  isDescending: boolean,
): number[] {
  const rows = Array.from({ length }, (_, i) => i);
  if (!field) {
    return rows;
  }
  const direction = isDescending ? -1 : 1;
  const { values } = field;
  return rows.sort((a, b) => {
    const [x, y] = [values[a], values[b]];
    const [noX, noY] = [isMissing(x), isMissing(y)];
    if (noX || noY) {
      return Number(noX) - Number(noY);
    }
    return typeof x === 'number' && typeof y === 'number'
      ? direction * (x - y)
      : direction *
          String(x).localeCompare(String(y), undefined, { numeric: true });
  });
}

function isMissing(value: unknown): boolean {
  return value === null || value === undefined || Number.isNaN(value);
}
