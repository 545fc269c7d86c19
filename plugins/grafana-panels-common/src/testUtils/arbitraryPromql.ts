import fc, { type Arbitrary } from 'fast-check';

/** What the tokens of an expression are made of. */
export interface PromqlVocabulary {
  metrics: string[];
  /** Matchers as they stand between braces. */
  matchers: string[];
  labels: string[];
}

type Tokens = string[];

const ROLLUPS = [
  'rate',
  'increase',
  'delta',
  'irate',
  'avg_over_time',
  'max_over_time',
  'sum_over_time',
  'count_over_time',
  'last_over_time',
  'changes',
  'resets',
  'deriv',
  'stddev_over_time',
];
const TRANSFORMS = [
  'abs',
  'ceil',
  'floor',
  'round',
  'sgn',
  'sqrt',
  'exp',
  'timestamp',
  'sort',
  'sort_desc',
  'day_of_week',
  'hour',
];
const AGGREGATIONS = [
  'sum',
  'avg',
  'min',
  'max',
  'count',
  'group',
  'SUM',
  'Avg',
];
const RANKS = ['topk', 'bottomk', 'limitk'];
const ARITHMETIC = ['+', '-', '*', '/', '%', '^', 'atan2'];
const COMPARISONS = ['==', '!=', '>', '<', '>=', '<='];
const SETS = ['and', 'or', 'unless', 'OR'];
const DURATIONS = ['1m', '5m', '90s', '1h', '1h30m', '300'];
const NUMBERS = ['0', '1', '2.5', '1e3', '0x1F', '-3', 'Inf', 'NaN', '1_000'];
const BLANKS = [' ', '  ', '\n', '\t', ' # a comment } or {\n', '\r\n'];

/**
 * Expressions that Prometheus understands, or nearly (types may not fit): of every kind and nested, with blanks, comments and
 * quotes of all sorts.
 *
 * @public
 */
export function arbitraryPromql(
  vocabulary: PromqlVocabulary,
): Arbitrary<string> {
  return fc
    .tuple(
      expression(vocabulary),
      fc.array(fc.constantFrom(...BLANKS), { minLength: 1, maxLength: 7 }),
    )
    .map(([tokens, blanks]) =>
      tokens.map((token, i) => `${token}${blanks[i % blanks.length]}`).join(''),
    );
}

/**
 * The same with pieces put in, taken out and doubled, so that readers may disagree about what it means.
 *
 * @public
 */
export function brokenPromql(vocabulary: PromqlVocabulary): Arbitrary<string> {
  const piece = fc.oneof(
    fc.constantFrom(
      '"',
      "'",
      '`',
      '\\',
      '#',
      '\r',
      '\n',
      '{',
      '}',
      '(',
      ')',
      '[',
      ']',
      ',',
      '\u2028',
      '\u00a0',
      '\u0000',
      ' or ',
      ' by ',
      ' @ ',
      ' offset ',
      ':',
      '=~',
      ...vocabulary.metrics,
      ...vocabulary.matchers,
    ),
    fc.string({ maxLength: 3, unit: 'binary' }),
  );
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    drop: fc.nat({ max: 3 }),
    piece,
  });
  return fc
    .tuple(
      arbitraryPromql(vocabulary),
      fc.array(change, { minLength: 1, maxLength: 4 }),
    )
    .map(([text, changes]) =>
      changes.reduce((changed, { at, drop, piece: put }) => {
        const index = Math.floor(at * changed.length);
        return changed.slice(0, index) + put + changed.slice(index + drop);
      }, text),
    );
}

function expression(vocabulary: PromqlVocabulary): Arbitrary<Tokens> {
  const oneOf = (...words: string[]) => fc.constantFrom(...words);
  const labels = fc
    .subarray(vocabulary.labels, { maxLength: 3 })
    .map(
      (names): Tokens => ['(', ...separated(names.map(name => [name])), ')'],
    );
  const matchers = fc
    .subarray(vocabulary.matchers, { maxLength: 3 })
    .map(
      (texts): Tokens => ['{', ...separated(texts.map(text => [text])), '}'],
    );
  const selector = fc
    .tuple(oneOf(...vocabulary.metrics), matchers, fc.nat({ max: 5 }))
    .map(([metric, braces, form]): Tokens => {
      if (form === 0) {
        return [metric];
      }
      const inside = braces.slice(1, -1);
      const comma = inside.length > 0 ? [','] : [];
      switch (form) {
        case 1:
          return ['{', `"${metric}"`, ...comma, ...inside, '}'];
        case 2:
          return ['{', `__name__=~'${metric}.*'`, ...comma, ...inside, '}'];
        default:
          return [metric, ...braces];
      }
    });

  const { vector } = fc.letrec<{
    vector: Tokens;
    matrix: Tokens;
    scalar: Tokens;
  }>(tie => ({
    matrix: fc.oneof(
      { depthSize: 'small' },
      fc
        .tuple(selector, oneOf(...DURATIONS))
        .map(([inner, range]) => [...inner, '[', range, ']']),
      fc
        .tuple(tie('vector'), oneOf(...DURATIONS), oneOf('', '1m', '2m'))
        .map(([inner, range, step]) => [
          '(',
          ...inner,
          ')',
          '[',
          range,
          ':',
          step,
          ']',
        ]),
    ),
    scalar: fc.oneof(
      { depthSize: 'small' },
      oneOf(...NUMBERS).map(number => [number]),
      oneOf('time()', 'pi()').map(call => [call]),
      tie('vector').map(inner => ['scalar', '(', ...inner, ')']),
    ),
    vector: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      selector,
      fc
        .tuple(
          selector,
          oneOf('1m', '-1m', '1h'),
          oneOf('start()', 'end()', '1795431600'),
          fc.nat({ max: 2 }),
        )
        .map(([inner, offset, at, form]) => [
          ...inner,
          ...(form > 0 ? ['@', at] : []),
          ...(form < 2 ? ['offset', offset] : []),
        ]),
      fc
        .tuple(oneOf(...ROLLUPS), tie('matrix'))
        .map(([name, inner]) => [name, '(', ...inner, ')']),
      fc
        .tuple(oneOf(...TRANSFORMS), tie('vector'))
        .map(([name, inner]) => [name, '(', ...inner, ')']),
      fc
        .tuple(
          oneOf(...AGGREGATIONS),
          oneOf('by', 'without', 'BY'),
          labels,
          tie('vector'),
          fc.nat({ max: 2 }),
        )
        .map(([name, how, names, inner, form]) => {
          const body = ['(', ...inner, ')'];
          switch (form) {
            case 0:
              return [name, ...body];
            case 1:
              return [name, ...body, how, ...names];
            default:
              return [name, how, ...names, ...body];
          }
        }),
      fc
        .tuple(oneOf(...RANKS), tie('scalar'), tie('vector'))
        .map(([name, count, inner]) => [
          name,
          '(',
          ...count,
          ',',
          ...inner,
          ')',
        ]),
      fc
        .tuple(
          tie('vector'),
          oneOf(...ARITHMETIC, ...COMPARISONS),
          oneOf('', 'bool', 'on', 'ignoring'),
          labels,
          oneOf('', 'group_left', 'group_right'),
          tie('vector'),
        )
        .map(([left, sign, modifier, names, group, right]) => [
          ...left,
          sign,
          ...(modifier === 'bool' && COMPARISONS.includes(sign)
            ? ['bool']
            : []),
          ...(modifier === 'on' || modifier === 'ignoring'
            ? [modifier, ...names, ...(group ? [group, '()'] : [])]
            : []),
          ...right,
        ]),
      fc
        .tuple(
          tie('vector'),
          oneOf(...SETS),
          oneOf('', 'on', 'ignoring'),
          labels,
          tie('vector'),
        )
        .map(([left, sign, modifier, names, right]) => [
          ...left,
          sign,
          ...(modifier ? [modifier, ...names] : []),
          ...right,
        ]),
      fc
        .tuple(tie('vector'), oneOf(...ARITHMETIC), tie('scalar'))
        .map(([left, sign, right]) => [...left, sign, ...right]),
      tie('vector').map(inner => ['(', ...inner, ')']),
      tie('vector').map(inner => ['-', ...inner]),
      tie('scalar').map(inner => ['vector', '(', ...inner, ')']),
      fc
        .tuple(
          tie('vector'),
          oneOf(...vocabulary.labels),
          oneOf('eval', '$1', ''),
        )
        .map(([inner, label, value]) => [
          'label_replace',
          '(',
          ...inner,
          ',',
          `"${label}"`,
          ',',
          `'${value}'`,
          ',',
          '"model"',
          ',',
          '`(.*)`',
          ')',
        ]),
      tie('vector').map(inner => [
        'histogram_quantile',
        '(',
        '0.9',
        ',',
        ...inner,
        ')',
      ]),
    ),
  }));
  // Its rows come in any order, by which anything around it may choose: outermost only
  const counted = fc
    .tuple(vector, oneOf(...vocabulary.labels))
    .map(
      ([inner, label]): Tokens => [
        'count_values',
        '(',
        `"${label}"`,
        ',',
        ...inner,
        ')',
      ],
    );
  return fc.oneof({ weight: 9, arbitrary: vector }, counted);
}

function separated(parts: Tokens[]): Tokens {
  return parts.flatMap((part, i) => (i > 0 ? [',', ...part] : part));
}
