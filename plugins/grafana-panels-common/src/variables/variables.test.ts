import fc from 'fast-check';
import { parser } from '@prometheus-io/lezer-promql';
import { decodeString } from '../promql/strings';
import {
  ALL_VALUE,
  changesByChoice,
  formatDuration,
  formatScopedValue,
  interpolatePromql,
  interpolateText,
  MAX_OPTIONS,
  optionsFromValues,
  orderVariables,
  parseDuration,
  parseVariableQuery,
  scopedValueOf,
  selectOf,
  seriesText,
  withInterval,
  withRepeats,
  withTimeRange,
  type CustomVariable,
  type QueryVariable,
  type ScopedValue,
  type Variable,
  type VariableScope,
} from '.';

const range = { from: 1_700_000_000_000, to: 1_700_003_600_000 };

const base = { hide: 'nothing' as const };
const choice = {
  ...base,
  multi: true,
  includeAll: true,
  allowCustomValue: true,
  current: [],
};

const query = (facts: Partial<QueryVariable>): QueryVariable => ({
  ...choice,
  kind: 'query',
  name: 'model',
  query: 'label_values(up, model)',
  sort: 'none',
  refreshOnTimeRange: false,
  ...facts,
});

const custom = (facts: Partial<CustomVariable>): CustomVariable => ({
  ...choice,
  kind: 'custom',
  name: 'x',
  options: [],
  ...facts,
});

const option = (value: string) => ({ text: value, value });

/** A scope in which `x` has these values; a text is a variable of one value. */
function scopeOf(values: Record<string, string | string[]>): VariableScope {
  const scope = new Map<string, ScopedValue>();
  for (const [name, value] of Object.entries(values)) {
    const list = [value].flat();
    const multi = Array.isArray(value);
    const state = selectOf(
      custom({ name, multi, includeAll: false }),
      list.map(option),
      { [name]: list },
    );
    const scoped = scopedValueOf(state, scope, range);
    if (scoped) {
      scope.set(name, scoped);
    }
  }
  return scope;
}

/** Every string of an expression as Prometheus reads it; throws when it isn't PromQL. */
function stringsOf(expr: string): string[] {
  const strings: string[] = [];
  parser.parse(expr).iterate({
    enter: node => {
      if (node.type.isError) {
        throw new Error(`no PromQL: ${expr}`);
      }
      if (node.name === 'StringLiteral') {
        strings.push(decodeString(expr.slice(node.from, node.to)));
      }
    },
  });
  return strings;
}

describe('variables in PromQL', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc
      .array(
        fc.constantFrom(
          '"',
          "'",
          '`',
          '\\',
          '\n',
          '}',
          '{',
          ',',
          '#',
          '$',
          '|',
          '.',
          '*',
          'a',
          ' or ',
        ),
        { maxLength: 10 },
      )
      .map(parts => parts.join('')),
  );

  it('can never end the string that they stand in, and mean themselves there', () => {
    fc.assert(
      fc.property(nasty, nasty, (one, other) => {
        const scope = scopeOf({ one, multi: [one], both: [one, other] });
        const expr = interpolatePromql(
          'up{a="$one",b=\'${one}\',c="[[one]]",d="$multi",e=~"$multi",f=~"x${both}y"} # "$one',
          scope,
        );
        // A line break in a comment ends it; nothing else of the value may count.
        const strings = stringsOf(expr.slice(0, expr.lastIndexOf(' # ')));
        expect(strings.slice(0, 4)).toEqual([one, one, one, one]);
        const [regex, alternatives] = strings.slice(4);
        expect(new RegExp(`^(?:${regex})$`, 's').test(one)).toBe(true);
        for (const value of [one, other]) {
          expect(
            new RegExp(`^(?:${alternatives})$`, 's').test(`x${value}y`),
          ).toBe(true);
        }
        expect(strings).toHaveLength(6);
      }),
    );
  });

  it('can never end a string in any format, either', () => {
    const formats = [
      'raw',
      'csv',
      'pipe',
      'glob',
      'regex',
      'json',
      'text',
      'none',
    ];
    fc.assert(
      fc.property(
        nasty,
        nasty,
        fc.constantFrom(...formats),
        fc.constantFrom('"', "'", '`'),
        (one, other, format, quote) => {
          const expr = interpolatePromql(
            `up{a=~${quote}\${x:${format}}${quote},b="end"}`,
            scopeOf({ x: [one, other] }),
          );
          const tree = parser.parse(expr);
          const literals: string[] = [];
          tree.iterate({
            enter: node => {
              if (node.name === 'StringLiteral') {
                literals.push(expr.slice(node.from, node.to));
              }
            },
          });
          expect(literals).toHaveLength(2);
          expect(literals[1]).toBe('"end"');
        },
      ),
    );
  });

  it.each([
    ['one value is not a pattern to =', 'a="$m"', { m: ['x.y'] }, 'a="x.y"'],
    ['one value is escaped for =~', 'a=~"$m"', { m: ['x.y'] }, 'a=~"x\\\\.y"'],
    ['and for !~', 'a!~ "$m"', { m: ['x.y'] }, 'a!~ "x\\\\.y"'],
    [
      'several are alternatives',
      'a=~"$m"',
      { m: ['a+', 'b'] },
      'a=~"(a\\\\+|b)"',
    ],
    [
      'a variable of one value may be a pattern',
      'a=~"$m"',
      { m: 'x.*' },
      'a=~"x.*"',
    ],
    ['outside strings it is put in', 'rate(x[$m])', { m: '5m' }, 'rate(x[5m])'],
    [
      'a list of labels',
      'sum by (${m:csv}) (x)',
      { m: ['a', 'b'] },
      'sum by (a,b) (x)',
    ],
    [
      'an escape of the author counts',
      'a=~"\\\\d$m"',
      { m: 'x' },
      'a=~"\\\\dx"',
    ],
    ['a capture group stays', 'label_replace(x,"a","$1","b","(.*)")', {}, ''],
    ['what has no value stays', 'up{a="$nothing"}', { m: 'x' }, ''],
    ['names of objects are no values', 'up{a="$constructor"}', {}, ''],
  ])('%s', (_, expr, values, expected) => {
    expect(interpolatePromql(expr, scopeOf(values))).toBe(expected || expr);
  });

  it('puts the value for all in as its author wrote it', () => {
    const state = selectOf(query({ allValue: '.+' }), [option('a.b')], {});
    const value = scopedValueOf(state, new Map(), range);
    expect(state.selected).toEqual([ALL_VALUE]);
    expect(value?.each).toEqual([option('a.b')]);
    expect(
      interpolatePromql('up{m=~"$model"}', new Map([['model', value!]])),
    ).toBe('up{m=~".+"}');
    expect(interpolateText('$model', new Map([['model', value!]]))).toBe('All');
  });

  it('knows the range and the interval', () => {
    const scope = withInterval(withTimeRange(scopeOf({}), range, 'utc'), {
      stepMs: 15_000,
      rateIntervalMs: 60_000,
    });
    expect(
      interpolatePromql(
        'x[$__interval] $__interval_ms [${__rate_interval}] [$__range] $__range_s $__range_ms $__from $__to',
        scope,
      ),
    ).toBe(
      'x[15s] 15000 [1m] [3600s] 3600 3600000 1700000000000 1700003600000',
    );
  });

  it('has a repeat its own value', () => {
    const scope = withRepeats(scopeOf({ m: ['a.b', 'c'] }), [
      { variable: 'm', value: 'a.b', text: 'A' },
    ]);
    expect(interpolatePromql('x{m=~"$m"}', scope)).toBe('x{m=~"a\\\\.b"}');
    expect(interpolateText('Model $m', scope)).toBe('Model A');
  });
});

describe('formats', () => {
  const [list, one] = ['servers', 'x'].map((name, index) => ({
    name,
    value: scopeOf({ servers: ["a'1", 'b"2'], x: 'a b&c' }).get(
      index === 0 ? 'servers' : 'x',
    )!,
  }));
  it.each([
    ['csv', 'a\'1,b"2', 'a b&c'],
    ['pipe', 'a\'1|b"2', 'a b&c'],
    ['raw', 'a\'1,b"2', 'a b&c'],
    ['glob', '{a\'1,b"2}', 'a b&c'],
    ['no-such-format', '{a\'1,b"2}', 'a b&c'],
    ['json', '["a\'1","b\\"2"]', '"a b&c"'],
    ['regex', '(a\'1|b"2)', 'a b&c'],
    ['singlequote', "'a\\'1','b\"2'", "'a b&c'"],
    ['doublequote', '"a\'1","b\\"2"', '"a b&c"'],
    ['sqlstring', "'a''1','b\"2'", "'a b&c'"],
    ['percentencode', 'a%271%2Cb%222', 'a%20b%26c'],
    ['queryparam', 'var-servers=a%271&var-servers=b%222', 'var-x=a%20b%26c'],
    ['distributed', 'a\'1,servers=b"2', 'a b&c'],
    ['lucene', '("a\'1" OR "b\\"2")', 'a b\\&c'],
    ['text', 'a\'1 + b"2', 'a b&c'],
    ['html', 'a&#39;1 + b&#34;2', 'a b&#38;c'],
  ])('%s', (format, several, single) => {
    expect(formatScopedValue(list.name, list.value, format)).toBe(several);
    expect(formatScopedValue(one.name, one.value, format)).toBe(single);
  });

  it('writes times', () => {
    const scope = withTimeRange(new Map(), range, 'utc');
    expect(interpolateText('${__from:date}', scope)).toBe(
      '2023-11-14T22:13:20.000Z',
    );
    expect(interpolateText('${__from:date:seconds}', scope)).toBe('1700000000');
    expect(interpolateText('${__from:date:YYYY-MM-DD HH:mm}', scope)).toBe(
      '2023-11-14 22:13',
    );
  });

  it('repeats all choices in addresses', () => {
    const scope = withTimeRange(scopeOf({ a: ['x&', 'y'] }), range, 'utc');
    expect(interpolateText('${__all_variables:raw}', scope)).toBe(
      'var-a=x%26&var-a=y',
    );
  });
});

describe('what is chosen', () => {
  const options = [option('a'), option('b')];

  it.each<[string, Variable, Record<string, string[]>, string[]]>([
    ['the address', query({}), { model: ['b'] }, ['b']],
    [
      'the address, also what is no option: a link never shows another one',
      query({}),
      { model: ['gone'] },
      ['gone'],
    ],
    [
      'an option, where nothing else is allowed',
      query({ allowCustomValue: false, includeAll: false }),
      { model: ['gone'] },
      ['a'],
    ],
    [
      'only one of a variable of one',
      query({ multi: false }),
      { model: ['b', 'a'] },
      ['b'],
    ],
    ['all', query({}), { model: ['a', ALL_VALUE] }, [ALL_VALUE]],
    ["the dashboard's choice", query({ current: ['b'] }), {}, ['b']],
    [
      'all, when the choice of the dashboard is gone',
      query({ current: ['z'] }),
      {},
      [ALL_VALUE],
    ],
    [
      'the first, where there is no all',
      query({ includeAll: false }),
      {},
      ['a'],
    ],
    ['nothing from an empty choice', query({}), { model: [] }, [ALL_VALUE]],
    [
      'no name of an object',
      query({ name: 'toString', current: ['a'] }),
      {},
      ['a'],
    ],
  ])('is %s', (_, variable, selection, expected) => {
    expect(selectOf(variable, options, selection).selected).toEqual(expected);
  });

  it('keeps the choice while options are unknown', () => {
    expect(selectOf(query({ current: ['z'] }), undefined, {}).selected).toEqual(
      ['z'],
    );
  });

  it('makes interval variables follow the range', () => {
    const variable: Variable = {
      ...base,
      kind: 'interval',
      name: 'per',
      intervals: ['1m', '1h'],
      auto: { count: 30, min: '10s' },
      current: ['$__auto'],
    };
    const state = selectOf(variable, [], {});
    expect(state.options.map(({ value }) => value)).toEqual([
      '$__auto',
      '1m',
      '1h',
    ]);
    expect(scopedValueOf(state, new Map(), range)?.value).toBe('2m');
    const chosen = selectOf(variable, [], { per: ['1h'] });
    expect(scopedValueOf(chosen, new Map(), range)?.value).toBe('1h');
    expect(selectOf(variable, [], { per: ['7s'] }).selected).toEqual([
      '$__auto',
    ]);
  });

  it('drops the choices that depend on what changed, also indirectly', () => {
    const variables = [
      query({ name: 'team' }),
      query({ name: 'ns', query: 'label_values(up{team=~"$team"}, ns)' }),
      query({ name: 'pod', query: 'label_values(up{ns=~"${ns}"}, pod)' }),
      query({ name: 'other' }),
    ];
    expect(changesByChoice(variables, 'team', ['eval'])).toEqual({
      team: ['eval'],
      ns: [],
      pod: [],
    });
    expect(changesByChoice(variables, 'pod', ['p'])).toEqual({ pod: ['p'] });
  });

  it('orders variables by what they depend on and finds circles', () => {
    const a = query({ name: 'a', query: 'label_values(x{b="$b"}, a)' });
    const b = query({ name: 'b', query: 'label_values(b)' });
    expect(orderVariables([a, b])).toEqual({ ordered: [b, a], circular: [] });
    const circle = query({ name: 'b', query: 'label_values(x{a="$a"}, b)' });
    expect(orderVariables([a, circle]).circular).toEqual(['a', 'b']);
  });
});

describe('options', () => {
  const of = (
    values: string[],
    settings: Partial<Parameters<typeof optionsFromValues>[1]>,
  ) =>
    optionsFromValues(values, { sort: 'none', ...settings }).map(
      ({ text, value }) => (text === value ? text : `${text}=${value}`),
    );

  it('are filtered and cut by the regular expression, each once', () => {
    const values = ['up{pod="a-1"}', 'up{pod="b-2"}', 'up{pod="a-1"} 2', 'x'];
    expect(of(values, { regex: '/pod="([^"]+)"/' })).toEqual(['a-1', 'b-2']);
    expect(of(values, { regex: '/^up/' })).toEqual(values.slice(0, 3));
    expect(of(values, { regex: '/pod="(?<text>(?<value>.)-.)"/' })).toEqual([
      'a-1=a',
      'b-2=b',
    ]);
    expect(of(['Abc'], { regex: '/^a/i' })).toEqual(['Abc']);
  });

  it('are sorted as Grafana does', () => {
    const values = ['b10', 'B2', 'a'];
    expect(of(values, { sort: 'alphabetical' })).toEqual(['B2', 'a', 'b10']);
    expect(of(values, { sort: 'alphabetical-insensitive-desc' })).toEqual([
      'B2',
      'b10',
      'a',
    ]);
    expect(of(values, { sort: 'numerical' })).toEqual(['a', 'B2', 'b10']);
    expect(of(values, { sort: 'natural-desc' })).toEqual(['b10', 'B2', 'a']);
  });

  it('say what is wrong, and are not endless', () => {
    expect(() => of(['a'], { regex: '/(/' })).toThrow(
      "The variable's filter /(/ is no regular expression; correct it in the dashboard.",
    );
    const many = Array.from({ length: MAX_OPTIONS + 10 }, (_, i) => `v${i}`);
    expect(of(many, {})).toHaveLength(MAX_OPTIONS);
  });

  it.each([
    ['label_values(job)', { kind: 'label-values', label: 'job' }],
    [
      'label_values(up{a=~"x,y"}, job) ',
      { kind: 'label-values', label: 'job', selector: 'up{a=~"x,y"}' },
    ],
    [
      'label_values({__name__="a.b"}, "k8s.pod")',
      {
        kind: 'label-values',
        label: 'k8s.pod',
        selector: '{__name__="a.b"}',
      },
    ],
    ['label_names()', { kind: 'label-names' }],
    ['label_names(up)', { kind: 'label-names', selector: 'up' }],
    ['metrics(^vllm)', { kind: 'metrics', regex: '^vllm' }],
    [
      'query_result(sum(rate(x[5m])) by (a))',
      { kind: 'query-result', expr: 'sum(rate(x[5m])) by (a)' },
    ],
    ['up{job="a"}', { kind: 'series', selector: 'up{job="a"}' }],
    ['  ', undefined],
  ])('come from %s', (text, expected) => {
    expect(parseVariableQuery(text)).toEqual(expected);
  });

  it('have series as text', () => {
    expect(seriesText({ __name__: 'up', job: 'a"b' })).toBe('up{job="a\\"b"}');
  });
});

describe('durations', () => {
  it.each([
    ['30s', 30_000],
    ['1h30m', 5_400_000],
    ['>1m', 60_000],
    ['90', 90_000],
    ['500ms', 500],
    ['', undefined],
    ['soon', undefined],
    ['0s', undefined],
    ['1x', undefined],
  ])('%s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it('are written so that Prometheus reads them', () => {
    expect(
      [90_000, 120_000, 3_600_000, 1_500, 0.2].map(formatDuration),
    ).toEqual(['90s', '2m', '1h', '1500ms', '1ms']);
  });
});
