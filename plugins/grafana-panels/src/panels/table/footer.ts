import {
  FieldType,
  fieldReducers,
  formattedValueToString,
  reduceField,
} from '@grafana/data';
import type { Column } from './columns';

interface OldFooter {
  show?: boolean;
  reducer?: string[];
  fields?: string | string[];
  countRows?: boolean;
}

/** Texts under the columns, empty where there is none; undefined without a footer. */
export function footerOf(
  options: Record<string, unknown>,
  columns: Column[],
  rowCount: number,
): string[] | undefined {
  const texts = columns.map((column, index) => {
    const own = (
      column.field.config.custom as
        | { footer?: { reducers?: string[] } }
        | undefined
    )?.footer?.reducers;
    return own?.length
      ? own.map(id => reduced(column, id)).join(', ')
      : oldText(
          options.footer as OldFooter | undefined,
          column,
          index,
          rowCount,
        );
  });
  return texts.some(Boolean) ? texts : undefined;
}

function oldText(
  footer: OldFooter | undefined,
  column: Column,
  index: number,
  rowCount: number,
): string {
  const reducer = footer?.reducer?.[0];
  if (!footer?.show || !reducer) {
    return '';
  }
  if (footer.countRows && reducer === 'count') {
    return index === 0 ? `Count: ${rowCount}` : '';
  }
  const only = [footer.fields ?? []].flat().filter(Boolean);
  const isChosen =
    only.length === 0 ||
    only.includes(column.name) ||
    only.includes(column.field.name);
  if (column.field.type === FieldType.number && isChosen) {
    return reduced(column, reducer);
  }
  return index === 0 ? fieldReducers.getIfExists(reducer)?.name ?? '' : '';
}

function reduced({ field }: Column, reducer: string): string {
  if (!fieldReducers.getIfExists(reducer)) {
    return '';
  }
  const value: unknown = reduceField({ field, reducers: [reducer] })[reducer];
  if (value === null || value === undefined) {
    return '';
  }
  return field.display
    ? formattedValueToString(field.display(value))
    : String(value);
}
