import { ticksBetween } from '../chart';
import { panelProps, seriesFrame, tableFrame, theme } from '../testUtils';
import { barsOf, valueRange } from './layout';
import { barChartModel } from './model';
import { barChartOptions } from './options';

function modelOf(
  frames: Parameters<typeof panelProps>[1],
  options: Record<string, unknown> = {},
  defaults: Record<string, unknown> = {},
) {
  const { data } = panelProps('barchart', frames, {
    fieldConfig: { defaults },
  });
  return barChartModel(data.frames, barChartOptions(options), theme, 'utc');
}

const table = tableFrame({
  team: ['quant', 'eval'],
  tokens: [3, -1],
  requests: [5, null],
});

describe('the model of a bar chart', () => {
  it('takes names from the text and a series from each number', () => {
    const model = modelOf([table]);
    expect(model?.categories).toEqual(['quant', 'eval']);
    expect(model?.series.map(({ name, values }) => [name, values])).toEqual([
      ['tokens', [3, -1]],
      ['requests', [5, null]],
    ]);
  });

  it('takes the x axis that the dashboard names', () => {
    const model = modelOf([table], { xField: 'requests' });
    expect(model?.categories[0]).toBe('5');
    expect(model?.series.map(({ name }) => name)).toEqual(['tokens']);
  });

  it('puts series over time side by side', () => {
    const model = modelOf([seriesFrame('a', [1, 2]), seriesFrame('b', [3, 4])]);
    expect(model?.categories).toEqual(['11-23 12:00', '11-23 12:01']);
    expect(model?.series.map(({ values }) => values)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('colours bars by value when the dashboard does', () => {
    const model = modelOf(
      [table],
      {},
      {
        color: { mode: 'thresholds' },
        thresholds: {
          mode: 'absolute',
          steps: [
            { value: null, color: 'green' },
            { value: 2, color: 'red' },
          ],
        },
      },
    );
    const [low, high] = ['green', 'red'].map(name =>
      theme.visualization.getColorByName(name),
    );
    expect(model?.series[0].colors).toEqual([high, low]);
  });

  it('draws as many as can be seen and counts the rest', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => i);
    const model = modelOf([tableFrame({ pod: many.map(String), value: many })]);
    expect(model?.categories).toHaveLength(400);
    expect(model?.left).toBe(600);
  });

  it('is nothing without numbers', () => {
    expect(modelOf([tableFrame({ pod: ['a'] })])).toBeUndefined();
  });
});

describe('bars', () => {
  const series = modelOf([table])!.series;

  it('stand side by side', () => {
    const bars = barsOf(series, 2, 'none');
    expect(
      bars.map(({ start, end, slot, slots }) => [start, end, slot, slots]),
    ).toEqual([
      [0, 3, 0, 2],
      [0, 5, 1, 2],
      [0, -1, 0, 2],
    ]);
  });

  it('pile up from zero, upwards and downwards', () => {
    const bars = barsOf(series, 2, 'normal');
    expect(bars.map(({ start, end }) => [start, end])).toEqual([
      [0, 3],
      [3, 8],
      [0, -1],
    ]);
  });

  it('pile up on both sides of zero at once', () => {
    const mixed = modelOf([
      tableFrame({ team: ['quant'], a: [3], b: [-1], c: [4], d: [-2] }),
    ])!.series;
    expect(
      barsOf(mixed, 1, 'normal').map(({ start, end }) => [start, end]),
    ).toEqual([
      [0, 3],
      [0, -1],
      [3, 7],
      [-1, -3],
    ]);
  });

  it('have an axis with zero, room for numbers, and the limits of the dashboard', () => {
    const { min, max } = valueRange(barsOf(series, 2, 'none'), series, 'none');
    expect(min).toBeLessThan(-1);
    expect(max).toBeGreaterThan(5);
    expect(valueRange([], series, 'percent')).toEqual({ min: 0, max: 1 });
  });
});

describe('ticks', () => {
  it.each([
    [0, 10, 5, [0, 2, 4, 6, 8, 10]],
    [0, 0.3, 3, [0, 0.1, 0.2, 0.3]],
    [-5, 5, 4, [-5, -2.5, 0, 2.5, 5]],
    [3, 3, 5, [3]],
  ])('between %d and %d are round', (min, max, count, expected) => {
    expect(ticksBetween(min, max, count)).toEqual(expected);
  });
});
