import { formattedValueToString } from '@grafana/data';
import type { BarSeries } from './model';

/** What a bar says, with its unit. */
export function textOf(series: BarSeries, category: number): string {
  const value = series.values[category];
  if (value === null || value === undefined) {
    return '–';
  }
  const { display } = series.field;
  return display ? formattedValueToString(display(value)) : String(value);
}
