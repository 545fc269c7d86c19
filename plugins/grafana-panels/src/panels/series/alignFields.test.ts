import type { DataFrame } from '@grafana/data';
import { FROM, panelProps, seriesFrame, theme } from '../testUtils';
import { alignFields } from './alignFields';
import { graphFieldsOf } from './graphFields';

const MINUTE = 60_000;

function fieldsOf(frames: DataFrame[], custom: Record<string, unknown> = {}) {
  const { data } = panelProps('timeseries', frames, {
    fieldConfig: { defaults: { custom } },
  });
  return graphFieldsOf(data.frames, theme);
}

describe('alignFields', () => {
  it('puts curves with other times onto one axis without breaking them', () => {
    const late = seriesFrame('late', [7, 8]);
    late.fields[0].values = [FROM + MINUTE / 2, FROM + 1.5 * MINUTE];

    const { times, values } = alignFields(
      fieldsOf([seriesFrame('a', [1, 2]), late]),
    );

    expect(times.map(time => (time - FROM) / MINUTE)).toEqual([0, 0.5, 1, 1.5]);
    expect(values).toEqual([
      [1, undefined, 2, undefined],
      [undefined, 7, undefined, 8],
    ]);
  });

  it('breaks a curve at NaN, infinities and holes that are longer than the step', () => {
    const holed = seriesFrame('a', [1, NaN, Infinity, 4, 5]);
    holed.fields[0].values[4] = FROM + 10 * MINUTE;

    const { values } = alignFields(fieldsOf([holed]));

    expect(values[0]).toEqual([1, null, null, 4, null, 5]);
  });

  it('sorts times and takes the last of equal ones', () => {
    const frame = seriesFrame('a', [1, 2, 3, 4]);
    frame.fields[0].values = [FROM + 2, FROM, FROM + 1, FROM];

    const { times, values } = alignFields(fieldsOf([frame]));

    expect(times).toEqual([FROM, FROM + 1, FROM + 2]);
    expect(values[0]).toEqual([4, 3, 1]);
  });

  it('bridges holes as far as the dashboard says', () => {
    const frame = () => seriesFrame('a', [1, null, 3, null, null, 6]);

    const far = alignFields(fieldsOf([frame()], { spanNulls: true }));
    const near = alignFields(fieldsOf([frame()], { spanNulls: 2 * MINUTE }));

    expect(far.values[0]).toEqual([1, undefined, 3, undefined, undefined, 6]);
    expect(near.values[0]).toEqual([1, undefined, 3, null, null, 6]);
  });

  it('has nothing for nothing', () => {
    expect(alignFields([])).toEqual({ times: [], values: [] });
  });
});
