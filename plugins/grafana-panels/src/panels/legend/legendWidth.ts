import { textWidth, widestText } from '../chart';
import type { LegendItem } from './types';

const SWATCH = 24;
const COLUMN_GAP = 12;
/** Of the first column of a table, as in its stylesheet. */
const MIN_NAME = 96;

/** CSS pixels that the longest line of a legend needs. */
export function legendWidth(items: LegendItem[], isTable: boolean): number {
  const titles = items[0]?.values.map(({ title }) => title) ?? [];
  const values = titles.reduce(
    (sum, title, i) =>
      sum +
      COLUMN_GAP +
      Math.max(
        textWidth(title),
        widestText(items.map(item => item.values[i]?.text ?? '')),
      ),
    0,
  );
  const names = SWATCH + widestText(items.map(({ name }) => name));
  return Math.max(names, isTable ? MIN_NAME : 0) + values + 8;
}
