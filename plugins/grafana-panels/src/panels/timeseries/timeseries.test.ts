import type { DataFrame } from '@grafana/data';
import type { GraphField } from '../series';
import { graphFieldsOf } from '../series';
import { panelProps, seriesFrame, theme } from '../testUtils';
import { thresholdSteps, thresholdStyles } from '../thresholds';
import { structureOf, timeSeriesModel } from './model';
import { scaleKeyOf, scaleOf } from './scales';
import { stackValues } from './stack';

type FieldConfig = Parameters<typeof panelProps>[2];

function framesOf(frames: DataFrame[], rest?: FieldConfig) {
  return panelProps('timeseries', frames, rest).data.frames;
}

function stacked(mode: string, lists: Array<Array<number | null>>) {
  const fields = graphFieldsOf(
    framesOf(
      lists.map((values, i) => seriesFrame(`${i}`, values)),
      {
        fieldConfig: {
          defaults: { custom: { stacking: { mode, group: 'A' } } },
        },
      },
    ),
    theme,
  );
  return stackValues(fields, lists, fields.map(scaleKeyOf));
}

function rangeFor(
  field: GraphField,
  min: number | null,
  max: number | null,
  reach?: { min?: number; max?: number },
) {
  const { range } = scaleOf(field, () => reach ?? {});
  return (
    range as (u: unknown, a: unknown, b: unknown, key: string) => unknown
  )(undefined, min, max, 'y');
}

function fieldWith(custom: Record<string, unknown>, rest = {}): GraphField {
  const frames = framesOf([seriesFrame('a', [1, 2])], {
    fieldConfig: { defaults: { custom, ...rest } },
  });
  return graphFieldsOf(frames, theme)[0];
}

describe('stacking', () => {
  it('piles curves up, with an area between each and the one below', () => {
    const { values, bands } = stacked('normal', [
      [1, 2],
      [10, 20],
    ]);
    expect(values).toEqual([
      [1, 2],
      [11, 22],
    ]);
    expect(bands).toEqual([[1, 0]]);
  });

  it('gives a missing value no height', () => {
    const { values } = stacked('normal', [
      [1, null, null],
      [10, 20, null],
    ]);
    expect(values).toEqual([
      [1, 0, null],
      [11, 20, null],
    ]);
  });

  it('piles what is below zero downwards', () => {
    const { values } = stacked('normal', [[1], [-2], [4], [-8]]);
    expect(values).toEqual([[1], [-2], [5], [-10]]);
  });

  it('makes shares of the whole', () => {
    const { values } = stacked('percent', [
      [1, 0],
      [3, 0],
    ]);
    expect(values).toEqual([
      [0.25, 0],
      [1, 0],
    ]);
  });
});

describe('scales', () => {
  it('shares one between curves of the same unit only', () => {
    const frames = framesOf(
      [seriesFrame('a', [1]), seriesFrame('b', [1]), seriesFrame('c', [1])],
      {
        fieldConfig: {
          defaults: { unit: 's' },
          overrides: [
            {
              matcher: { id: 'byName', options: 'c' },
              properties: [{ id: 'unit', value: 'bytes' }],
            },
          ],
        },
      },
    );
    const keys = graphFieldsOf(frames, theme).map(scaleKeyOf);
    expect(keys[0]).toBe(keys[1]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('lets bars and piles start at zero, lines near their values', () => {
    expect(rangeFor(fieldWith({ drawStyle: 'bars' }), 500, 510)).toEqual([
      0,
      expect.any(Number),
    ]);
    const [low] = rangeFor(fieldWith({}), 500, 510) as number[];
    expect(low).toBeGreaterThan(400);
  });

  it('obeys the dashboard and survives limits that contradict each other', () => {
    expect(rangeFor(fieldWith({}, { min: 10, max: 20 }), 0, 100)).toEqual([
      10, 20,
    ]);
    const [low, high] = rangeFor(
      fieldWith({}, { min: 20, max: 10 }),
      0,
      100,
    ) as number[];
    expect(high).toBeGreaterThan(low);
  });

  it('shows something without data, and reaches to thresholds', () => {
    expect(rangeFor(fieldWith({}), null, null)).toEqual([0, 100]);
    const [, high] = rangeFor(fieldWith({}), 1, 2, { max: 50 }) as number[];
    expect(high).toBeGreaterThanOrEqual(50);
  });

  it('has powers around a logarithm, also with values at or below zero', () => {
    const log = fieldWith({ scaleDistribution: { type: 'log', log: 10 } });
    expect(rangeFor(log, 0.02, 30)).toEqual([0.01, 100]);
    const [low] = rangeFor(log, -5, 30) as number[];
    expect(low).toBeGreaterThan(0);
  });

  it('centres zero', () => {
    const [low, high] = rangeFor(
      fieldWith({ axisCenteredZero: true }),
      -10,
      40,
    ) as number[];
    expect(low).toBe(-high);
  });
});

describe('a curve with a transformation', () => {
  const drawn = (transform: string, values: Array<number | null>) =>
    stackValues([fieldWith({ transform })], [values], ['y']).values[0];

  it('is turned down', () => {
    expect(drawn('negative-Y', [1, null, 2])).toEqual([-1, null, -2]);
  });

  it('is its first value all along', () => {
    expect(drawn('constant', [null, 3, 5])).toEqual([3, 3, 3]);
  });
});

describe('thresholds', () => {
  const steps = (mode: string) => [
    { value: null, color: 'green' },
    { value: mode === 'percentage' ? 50 : 12, color: 'red' },
  ];
  const field = (mode: string, style: string) =>
    fieldWith(
      { thresholdsStyle: { mode: style } },
      { min: 0, max: 200, thresholds: { mode, steps: steps(mode) } },
    );

  it('are values of the scale, percentages of its range', () => {
    const valuesOf = (mode: string) =>
      thresholdSteps(field(mode, 'line').field, theme).map(
        ({ value }) => value,
      );
    expect(valuesOf('absolute')).toEqual([-Infinity, 12]);
    expect(valuesOf('percentage')).toEqual([-Infinity, 100]);
  });

  it.each([
    ['line', { isLine: true, isArea: false, isDashed: false }],
    ['dashed+area', { isLine: true, isArea: true, isDashed: true }],
    ['area', { isLine: false, isArea: true, isDashed: false }],
  ])('are drawn as %s', (mode, expected) => {
    const [style] = thresholdStyles([field('absolute', mode)], ['y'], theme);
    expect(style).toMatchObject(expected);
  });

  it('are not drawn unless the dashboard asks', () => {
    expect(thresholdStyles([field('absolute', 'off')], ['y'], theme)).toEqual(
      [],
    );
  });
});

describe('the model of a time series panel', () => {
  const frames = framesOf([seriesFrame('a', [1, 2]), seriesFrame('b', [3, 4])]);

  it('draws the first curve last, over the others', () => {
    const model = timeSeriesModel(frames, theme, new Set());
    expect(model.drawn.map(({ name }) => name)).toEqual(['b', 'a']);
    expect(model.data.slice(1)).toEqual([
      [3, 4],
      [1, 2],
    ]);
  });

  it('leaves out what the reader switched off, and keeps the colour of the rest', () => {
    const all = timeSeriesModel(frames, theme, new Set());
    const one = timeSeriesModel(frames, theme, new Set(['a']));
    expect(one.fields).toHaveLength(2);
    expect(one.drawn.map(({ name, color }) => [name, color])).toEqual([
      ['b', all.fields[1].color],
    ]);
  });

  it('keeps its plot for new values, not for another unit', () => {
    const structure = (values: number[], unit: string) =>
      structureOf(
        timeSeriesModel(
          framesOf([seriesFrame('a', values)], {
            fieldConfig: { defaults: { unit } },
          }),
          theme,
          new Set(),
        ),
      );
    expect(structure([1, 2], 's')).toBe(structure([5, 6], 's'));
    expect(structure([1, 2], 's')).not.toBe(structure([1, 2], 'bytes'));
  });

  it('fills down to the curve that a field names', () => {
    const withBand = framesOf(
      [seriesFrame('high', [5]), seriesFrame('low', [1])],
      {
        fieldConfig: {
          overrides: [
            {
              matcher: { id: 'byName', options: 'high' },
              properties: [{ id: 'custom.fillBelowTo', value: 'low' }],
            },
          ],
        },
      },
    );
    // `low` is drawn first, so it is position 1 of uPlot's data and `high` position 2.
    expect(timeSeriesModel(withBand, theme, new Set()).bands).toEqual([[2, 1]]);
  });
});
