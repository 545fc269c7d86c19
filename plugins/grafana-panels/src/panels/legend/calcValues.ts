import {
  fieldReducers,
  formattedValueToString,
  getValueFormat,
  reduceField,
  type Field,
} from '@grafana/data';
import type { LegendValue } from './types';

/** The figures of a field, as Grafana's reducers compute them and the field's unit shows them. */
export function calcValues(field: Field, calcs: string[]): LegendValue[] {
  const known = calcs.filter(id => fieldReducers.getIfExists(id));
  if (known.length === 0) {
    return [];
  }
  const reduced = reduceField({ field, reducers: known });
  return known.map(id => {
    const { name, preservesUnits } = fieldReducers.get(id);
    const value: unknown = reduced[id];
    const display =
      preservesUnits === false || !field.display
        ? getValueFormat('none')(Number(value))
        : field.display(value);
    return {
      title: name,
      text:
        value === null || value === undefined
          ? '–'
          : formattedValueToString(display),
      numeric: Number(value),
    };
  });
}
