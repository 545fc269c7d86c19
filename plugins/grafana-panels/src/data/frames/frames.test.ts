import {
  createTheme,
  FieldType,
  getFieldDisplayName,
  reduceField,
} from '@grafana/data';
import type { Series } from '@llm-platform/plugin-grafana-panels-common';
import { applyFields, fieldConfigOf } from '../fields';
import { transform, unknownTransformations } from '../transformations';
import { framesOf, type Answer } from '.';

const series = (
  labels: Record<string, string>,
  points: Array<[number, Series['values'][number]]>,
): Series => ({
  labels,
  times: points.map(([time]) => time),
  values: points.map(([, value]) => value),
});

const answer = (facts: Partial<Answer>): Answer => ({
  refId: 'A',
  expr: 'sum(up)',
  format: 'time_series',
  instant: false,
  stepSeconds: 15,
  series: [],
  ...facts,
});

const namesOf = (answers: Answer[]) => {
  const frames = framesOf(answers);
  return frames.map(frame =>
    getFieldDisplayName(frame.fields[1], frame, frames),
  );
};

describe('series as frames', () => {
  const two = [
    series({ __name__: 'up', job: 'a', pod: 'x' }, [[1, 1]]),
    series({ __name__: 'up', job: 'b', pod: 'x' }, [[1, 2]]),
  ];

  it.each<[string, string | undefined, Series[], string[]]>([
    ['as text', undefined, two, ['up{job="a",pod="x"}', 'up{job="b",pod="x"}']],
    ['by a format', '{{ job }} on {{pod}}{{no}}', two, ['a on x', 'b on x']],
    ['by a format of object names', '{{constructor}}x', two.slice(1), ['x']],
    [
      'the query where there are no labels',
      undefined,
      [series({}, [])],
      ['sum(up)'],
    ],
    [
      'the query where there are no labels, by itself',
      '__auto',
      [series({}, [])],
      ['sum(up)'],
    ],
    ['the name alone', undefined, [series({ __name__: 'up' }, [])], ['up']],
    [
      'by itself from what differs',
      '__auto',
      [series({ job: 'a' }, [[1, 1]]), series({ job: 'b' }, [[1, 1]])],
      ['a', 'b'],
    ],
  ])('are named %s', (_, legendFormat, given, expected) => {
    expect(namesOf([answer({ legendFormat, series: given })])).toEqual(
      expected,
    );
  });

  it('keep gaps, NaN and infinities, in order and each time once', () => {
    const [frame] = framesOf([
      answer({
        series: [
          series({}, [
            [45, 3],
            [15, 'NaN'],
            [30, '+Inf'],
            [30, '-Inf'],
            [90, 4],
          ]),
        ],
      }),
    ]);
    expect(frame.fields[0].values).toEqual([15_000, 30_000, 45_000, 90_000]);
    expect(frame.fields[1].values).toEqual([NaN, -Infinity, 3, 4]);
    expect(frame.fields[0].config.interval).toBe(15_000);
    expect(frame.length).toBe(4);
  });

  it('keep equal series apart by their names', () => {
    const names = namesOf([answer({ series: [two[0], two[0]] })]);
    expect(names).toHaveLength(2);
  });

  it('are a table of all labels, with the query where there are several', () => {
    const instant = { format: 'table' as const, instant: true };
    const frames = framesOf([
      answer({ ...instant, series: two }),
      answer({
        ...instant,
        refId: 'B',
        series: [series({ pod: 'y', zone: 'z' }, [[1, 7]])],
      }),
      answer({ ...instant, refId: 'C' }),
    ]);
    expect(frames.map(({ fields }) => fields.map(({ name }) => name))).toEqual([
      ['Time', '__name__', 'job', 'pod', 'Value #A'],
      ['Time', 'pod', 'zone', 'Value #B'],
    ]);
    expect(frames[0].fields[2].values).toEqual(['a', 'b']);
    const [alone] = framesOf([answer({ ...instant, series: two })]);
    expect(alone.fields.at(-1)?.name).toBe('Value');
  });

  it('are buckets in the order of their bounds, each with its own count', () => {
    const frames = framesOf([
      answer({
        format: 'heatmap',
        legendFormat: '{{le}}',
        series: [
          series({ le: '+Inf' }, [
            [1, 10],
            [2, 12],
          ]),
          series({ le: '10' }, [
            [1, 9],
            [2, 7],
          ]),
          series({ le: '2' }, [
            [1, 4],
            [2, 'NaN'],
          ]),
        ],
      }),
    ]);
    expect(frames).toHaveLength(1);
    expect(frames[0].fields.map(({ name, values }) => [name, values])).toEqual([
      ['Time', [1_000, 2_000]],
      ['2', [4, null]],
      ['10', [5, 7]],
      ['+Inf', [1, 5]],
    ]);
  });

  it('are one heatmap for each set of other labels', () => {
    const frames = framesOf([
      answer({
        format: 'heatmap',
        series: [
          series({ le: '1', pod: 'a' }, [[1, 1]]),
          series({ le: '2', pod: 'a' }, [[1, 3]]),
          series({ le: '1', pod: 'b' }, [[1, 5]]),
        ],
      }),
    ]);
    expect(
      frames.map(({ fields }) =>
        fields.slice(1).map(({ values }) => values[0]),
      ),
    ).toEqual([[1, 2], [5]]);
  });
});

describe('transformations', () => {
  const frames = () =>
    framesOf([
      answer({
        format: 'table',
        instant: true,
        series: [
          series({ pod: 'a' }, [[1, 1]]),
          series({ pod: 'b' }, [[1, 2]]),
        ],
      }),
      answer({
        refId: 'B',
        format: 'table',
        instant: true,
        series: [
          series({ pod: 'b' }, [[1, 20]]),
          series({ pod: 'a' }, [[1, 10]]),
        ],
      }),
    ]);

  it("are Grafana's", async () => {
    const joined = await transform(
      frames(),
      [
        { id: 'seriesToColumns', options: { byField: 'pod' } },
        {
          id: 'organize',
          options: {
            excludeByName: { 'Time 1': true, 'Time 2': true },
            renameByName: { 'Value #A': '$one' },
          },
        },
        { id: 'sortBy', disabled: true, options: { sort: [{ field: 'pod' }] } },
      ],
      text => text.replace('$one', 'One'),
    );
    expect(
      joined.map(frame =>
        frame.fields.map(field => [
          getFieldDisplayName(field, frame, joined),
          field.values,
        ]),
      ),
    ).toEqual([
      [
        ['pod', ['a', 'b']],
        ['One', [1, 2]],
        ['Value #B', [10, 20]],
      ],
    ]);
  });

  it('that are not known are left out and said', async () => {
    const unknown = { id: 'spatial', options: {} };
    expect(await transform(frames(), [unknown], text => text)).toHaveLength(2);
    expect(unknownTransformations([unknown], '3')).toMatchObject([
      { code: 'transformation', severity: 'error', panelId: '3' },
    ]);
  });

  it('that break say which it was', async () => {
    await expect(
      transform(
        frames(),
        [
          {
            id: 'filterByValue',
            options: { filters: [{ fieldName: 'pod', config: { id: 'no' } }] },
          },
        ],
        text => text,
      ),
    ).rejects.toThrow(/transformations \(filterByValue\) don't fit its data/);
  });
});

describe('fields', () => {
  const theme = createTheme();
  const shown = (
    json: Parameters<typeof fieldConfigOf>[0],
    type = 'stat',
    scope = new Map(),
  ) =>
    applyFields(
      framesOf([
        answer({
          legendFormat: '{{job}}',
          series: [
            series({ job: 'a' }, [
              [1, 0.25],
              [2, 95],
            ]),
            series({ job: 'b' }, [[1, 50]]),
          ],
        }),
      ]),
      { fieldConfig: fieldConfigOf(json, type), scope, theme, timeZone: 'utc' },
    ).map(frame => frame.fields[1]);

  it('have unit, decimals, mappings, thresholds and overrides as in Grafana', () => {
    const [a, b] = shown({
      defaults: {
        unit: 'percent',
        decimals: 1,
        thresholds: {
          mode: 'absolute',
          steps: [
            { value: null, color: '#00ff00' },
            { value: 90, color: '#ff0000' },
          ],
        },
        mappings: [
          {
            type: 'value',
            options: { 50: { text: 'half', color: '#0000ff' } },
          },
        ],
        custom: { lineWidth: 2, hideFrom: { viz: false } },
      },
      overrides: [
        {
          matcher: { id: 'byName', options: 'b' },
          properties: [
            { id: 'unit', value: 'bytes' },
            { id: 'custom.lineWidth', value: 5 },
            { id: 'custom.hideFrom.viz', value: true },
            { id: 'displayName', value: 'B of ${__field.labels.job}' },
          ],
        },
      ],
    });
    expect(a.display?.(0.25)).toMatchObject({
      text: '0.3',
      suffix: '%',
      color: '#00ff00',
    });
    expect(a.display?.(-5).color).toBe('#00ff00');
    expect(a.display?.(95).color).toBe('#ff0000');
    expect(b.display?.(50)).toMatchObject({ text: 'half', color: '#0000ff' });
    expect(b.display?.(2048)).toMatchObject({ text: '2.0', suffix: ' KiB' });
    expect(a.config.custom).toEqual({ lineWidth: 2, hideFrom: { viz: false } });
    expect(b.config.custom).toEqual({ lineWidth: 5, hideFrom: { viz: true } });
    expect(b.config.displayName).toBe('B of b');
    expect(reduceField({ field: a, reducers: ['max'] }).max).toBe(95);
  });

  it('have colours of their own, or of thresholds, when nothing is said', () => {
    const nothing = { defaults: {}, overrides: [] };
    const [a, b] = shown(nothing, 'timeseries').map(
      field => field.display?.(1).color,
    );
    expect(a).not.toBe(b);
    const [c, d] = shown(nothing, 'stat').map(
      field => field.display?.(1).color,
    );
    expect(c).toBe(d);
  });

  it('have links with what belongs to their value, and no scripts', () => {
    const [field] = shown(
      {
        defaults: {
          links: [
            {
              title: '${__series.name}',
              url: 'https://x/?v=${__value.raw}&j=${__field.labels.job}&m=${model}',
            },
            { title: 'Bad', url: `${'javascript'}:alert(1)` },
          ],
        },
        overrides: [],
      },
      'stat',
      new Map([
        [
          'model',
          {
            value: 'a b',
            text: 'a b',
            selected: ['a b'],
            each: [],
            multi: false,
            verbatim: false,
          },
        ],
      ]),
    );
    const links = field.getLinks?.({ valueRowIndex: 1 }) ?? [];
    expect(links[0]).toMatchObject({
      title: 'a',
      href: 'https://x/?v=95&j=a&m=a%20b',
    });
    expect(links[1].href).not.toContain('javascript');
  });

  it('keep what is no number apart', () => {
    const [field] = shown({ defaults: { noValue: 'none' }, overrides: [] });
    expect(field.display?.(null).text).toBe('none');
    expect(field.display?.(NaN).text).toBe('NaN');
    expect(field.type).toBe(FieldType.number);
  });
});
