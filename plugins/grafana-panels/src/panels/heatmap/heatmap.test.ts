import type { DataFrame } from '@grafana/data';
import { createPanelTheme } from '../../theme';
import { FROM, panelProps, seriesFrame, theme } from '../testUtils';
import { colorIndex, heatmapColors } from './colors';
import { heatmapModel, isCellShown } from './model';
import { heatmapOptions } from './options';

const HOUR = 3_600_000;

function modelOf(frames: DataFrame[], options: Record<string, unknown> = {}) {
  const { data } = panelProps('heatmap', frames);
  return heatmapModel(
    data.frames,
    heatmapOptions(options),
    { from: FROM, to: FROM + HOUR },
    theme,
  );
}

function bucket(le: string, values: Array<number | null>) {
  return seriesFrame(le, values, { labels: { le } });
}

describe('buckets as they came', () => {
  it('stand in the order of their bounds, the unbounded one on top', () => {
    const model = modelOf([
      bucket('+Inf', [1, 2]),
      bucket('10', [3, 4]),
      bucket('0.5', [5, 6]),
    ]);
    expect(
      model?.rows.map(({ low, high, counts }) => [low, high, counts]),
    ).toEqual([
      [0, 0.5, [5, 6]],
      [0.5, 10, [3, 4]],
      [10, Infinity, [1, 2]],
    ]);
    expect(model?.columnWidth).toBe(60_000);
    expect(model?.range).toEqual({ min: 1, max: 6 });
  });

  it('keep the order of names that are no bounds', () => {
    const model = modelOf([seriesFrame('high', [1]), seriesFrame('low', [2])]);
    expect(model?.rows.map(({ name, low }) => [name, low])).toEqual([
      ['high', undefined],
      ['low', undefined],
    ]);
  });

  it('outside of the y axis are left out, and still make the colours', () => {
    const model = modelOf(
      [
        bucket('1', [9]),
        bucket('2', [3]),
        bucket('5', [4]),
        bucket('+Inf', [1]),
      ],
      { yAxis: { min: 1, max: 5 } },
    );
    expect(model?.rows.map(({ name }) => name)).toEqual(['2', '5']);
    expect(model?.range).toEqual({ min: 1, max: 9 });
  });

  it('are nothing without numbers', () => {
    expect(modelOf([])).toBeUndefined();
  });
});

describe('buckets that are counted here', () => {
  it('count each value once', () => {
    const model = modelOf([seriesFrame('a', [1, 2, 2, 9, NaN])], {
      calculate: true,
      calculation: {
        xBuckets: { mode: 'count', value: '1' },
        yBuckets: { mode: 'size', value: '5' },
      },
    });
    expect(
      model?.rows.map(({ low, high, counts }) => [low, high, counts]),
    ).toEqual([
      [0, 5, [3]],
      [5, 10, [1]],
    ]);
  });

  it('can be powers', () => {
    const model = modelOf([seriesFrame('a', [0.02, 3, 40])], {
      calculate: true,
      calculation: { yBuckets: { scale: { type: 'log', log: 10 } } },
    });
    expect(model?.rows.map(({ low }) => low)).toEqual([0.01, 0.1, 1, 10]);
  });

  it('stay few, whatever the dashboard says', () => {
    const model = modelOf([seriesFrame('a', [0, 1e6])], {
      calculate: true,
      calculation: {
        xBuckets: { mode: 'size', value: '1ms' },
        yBuckets: { mode: 'size', value: '0.001' },
      },
    });
    expect(model?.times.length).toBeLessThanOrEqual(2_001);
    expect(model?.rows.length).toBeLessThanOrEqual(200);
  });

  it('take one value as well as many', () => {
    const model = modelOf([seriesFrame('a', [5])], { calculate: true });
    const total = model?.rows
      .flatMap(({ counts }) => counts)
      .reduce<number>((sum, count) => sum + (count ?? 0), 0);
    expect(total).toBe(1);
  });
});

describe('cells', () => {
  it('are hidden where the dashboard hides them, by default at zero', () => {
    const { filterValues } = heatmapOptions({});
    expect([0, 1, null, NaN].map(v => isCellShown(v, filterValues))).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(isCellShown(5, { ge: 5 })).toBe(false);
  });

  it('have the first colour for the least and the last for the most', () => {
    const { color } = heatmapOptions({});
    const range = { min: 1, max: 10 };
    expect(colorIndex(1, range, color, 64)).toBe(0);
    expect(colorIndex(10, range, color, 64)).toBe(63);
    expect(colorIndex(99, range, color, 64)).toBe(63);
    expect(colorIndex(3, { min: 3, max: 3 }, color, 64)).toBe(63);
  });

  it('go from the background to what stands out, light and dark', () => {
    const { color } = heatmapOptions({ color: { scheme: 'Oranges' } });
    const light = heatmapColors(color, theme);
    const dark = heatmapColors(color, createPanelTheme('dark'));
    expect(light).toHaveLength(64);
    expect(dark).toEqual([...light].reverse());
  });

  it('have a scheme also when the dashboard names one that there is not', () => {
    const { color } = heatmapOptions({ color: { scheme: 'NoSuch', steps: 3 } });
    expect(heatmapColors(color, theme)).toHaveLength(3);
  });
});
