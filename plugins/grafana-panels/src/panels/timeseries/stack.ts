import type { GraphTransform } from '@grafana/schema';
import type { DrawnValues, GraphField } from '../series';

export interface Stacked {
  /** What is drawn, per field. */
  values: DrawnValues[];
  /** Fields between which an area lies: `[upper, lower]`, as indexes of the fields. */
  bands: Array<[upper: number, lower: number]>;
}

/** Applies each curve's own transformation and piles up those of one stack; curves below zero pile up downwards. */
export function stackValues(
  fields: GraphField[],
  values: DrawnValues[],
  scaleKeys: string[],
): Stacked {
  const drawn = values.map((list, index) =>
    transformed(list, fields[index].custom.transform),
  );
  const bands: Stacked['bands'] = [];
  for (const group of stacksOf(fields, drawn, scaleKeys)) {
    const isPercent = fields[group[0]].custom.stacking?.mode === 'percent';
    const totals = isPercent ? totalsOf(group.map(i => drawn[i])) : undefined;
    const present = presenceOf(group.map(i => drawn[i]));
    const sum: number[] = new Array(present.length).fill(0);
    group.forEach((index, position) => {
      drawn[index] = drawn[index].map((value, i) => {
        if (!present[i]) {
          return value;
        }
        // A curve without a value here has no height, but the area of the next one must start at it.
        const share = totals ? (value ?? 0) / (totals[i] || 1) : value ?? 0;
        sum[i] += share;
        return sum[i];
      });
      if (position > 0) {
        bands.push([index, group[position - 1]]);
      }
    });
  }
  return { values: drawn, bands };
}

/** Turned down, or its first value all along: what is said about the curve stays as it was read. */
function transformed(
  values: DrawnValues,
  transform: `${GraphTransform}` | undefined,
): DrawnValues {
  switch (transform) {
    case 'negative-Y':
      return values.map(value => (typeof value === 'number' ? -value : value));
    case 'constant': {
      const first = values.find(value => typeof value === 'number');
      return values.map(() => first);
    }
    default:
      return values;
  }
}

function stacksOf(
  fields: GraphField[],
  values: DrawnValues[],
  scaleKeys: string[],
): number[][] {
  const groups = new Map<string, number[]>();
  fields.forEach(({ custom }, index) => {
    const { mode, group } = custom.stacking ?? {};
    if (!mode || mode === 'none') {
      return;
    }
    const isBelow =
      values[index].reduce<number>((sum, value) => sum + (value ?? 0), 0) < 0;
    const key = JSON.stringify([mode, group, isBelow, scaleKeys[index]]);
    groups.set(key, [...(groups.get(key) ?? []), index]);
  });
  return [...groups.values()];
}

function presenceOf(lists: DrawnValues[]): boolean[] {
  return lists[0].map((_, i) =>
    lists.some(list => typeof list[i] === 'number'),
  );
}

function totalsOf(lists: DrawnValues[]): number[] {
  return lists[0].map((_, i) =>
    lists.reduce((sum, list) => sum + Math.abs(list[i] ?? 0), 0),
  );
}
