import { FROM, panelProps, seriesFrame, theme, TO } from '../testUtils';
import { statesOf, statusHistory, stateTimeline } from './model';

const MINUTE = 60_000;
const RANGE = { from: FROM, to: TO };
const MAPPINGS = [
  {
    type: 'value',
    options: {
      0: { text: 'Down', color: 'red' },
      1: { text: 'Up', color: 'green' },
    },
  },
];

function framesOf(values: unknown[], defaults: Record<string, unknown> = {}) {
  return panelProps('state-timeline', [seriesFrame('mistral', values)], {
    fieldConfig: { defaults: { mappings: MAPPINGS, ...defaults } as never },
  }).data.frames;
}

function stretches(values: unknown[], defaults = {}, merge = true) {
  const { rows } = stateTimeline(
    framesOf(values, defaults),
    RANGE,
    theme,
    merge,
  );
  return rows[0].segments.map(({ from, to, text }) => [
    text,
    (from - FROM) / MINUTE,
    (to - FROM) / MINUTE,
  ]);
}

describe('a state timeline', () => {
  it('makes one stretch of equal values in a row', () => {
    expect(stretches([1, 1, 0, 1])).toEqual([
      ['Up', 0, 2],
      ['Down', 2, 3],
      ['Up', 3, 4],
    ]);
  });

  it('keeps other values apart, also of one colour', () => {
    const color = { mode: 'fixed', fixedColor: 'blue' };
    expect(stretches([1, 2], { mappings: [], color })).toEqual([
      ['1', 0, 1],
      ['2', 1, 2],
    ]);
  });

  it('can keep them apart', () => {
    expect(stretches([1, 1], {}, false)).toEqual([
      ['Up', 0, 1],
      ['Up', 1, 2],
    ]);
  });

  it('leaves holes where nothing is known, unless they are to be bridged', () => {
    expect(stretches([1, null, null, 1])).toEqual([
      ['Up', 0, 1],
      ['Up', 3, 4],
    ]);
    expect(
      stretches([1, null, null, 1], { custom: { spanNulls: true } }),
    ).toEqual([['Up', 0, 4]]);
  });

  it('tells numbers apart by their thresholds', () => {
    const defaults = {
      mappings: [],
      unit: 'percent',
      color: { mode: 'thresholds' },
      thresholds: {
        mode: 'absolute',
        steps: [
          { value: null, color: 'green' },
          { value: 60, color: 'red' },
        ],
      },
    };
    expect(stretches([10, 20, 70, 99], defaults)).toEqual([
      ['< 60%', 0, 2],
      ['60%+', 2, 4],
    ]);
  });

  it('names each state once', () => {
    const model = stateTimeline(framesOf([1, 0, 1, 0]), RANGE, theme, true);
    expect(statesOf(model).map(({ text }) => text)).toEqual(['Up', 'Down']);
  });
});

describe('a status history', () => {
  it('has a cell around each reading', () => {
    const model = statusHistory(framesOf([1, null, 0]), theme);
    expect(
      model.rows[0].segments.map(({ from, to, text }) => [
        text,
        (from - FROM) / MINUTE,
        (to - FROM) / MINUTE,
      ]),
    ).toEqual([
      ['Up', -0.5, 0.5],
      ['Down', 1.5, 2.5],
    ]);
    expect(model.margin).toBe(MINUTE / 2);
  });
});
