import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import { arbitraryPromql, brokenPromql, PROMQL_ATTACKS } from '../testUtils';
import { enforceSelector, enforceTeams, selectorOf } from '.';

const QUANT = { label: 'team', teams: ['quant'] };

function enforced(expr: string, scope = QUANT): string {
  const result = enforceTeams(expr, scope);
  if (!result.ok) {
    throw new Error(result.reason);
  }
  return result.expr;
}

/** Why an expression is refused. */
function refusal(expr: string): string {
  const result = enforceTeams(expr, QUANT);
  return result.ok ? `not refused: ${result.expr}` : result.reason;
}

/** The last matcher of every selector in an expression, or what can't be read. */
function lastMatchers(expr: string): string[] {
  const found: string[] = [];
  parser.parse(expr).iterate({
    enter(node) {
      if (node.type.isError) {
        found.push(`unreadable at ${node.from}`);
      }
      if (node.name === 'VectorSelector') {
        const matcher = node.node.getChild('LabelMatchers')?.lastChild;
        found.push(matcher ? expr.slice(matcher.from, matcher.to) : 'none');
      }
    },
  });
  return found;
}

describe('enforceTeams', () => {
  it.each([
    ['up', 'up{team="quant"}'],
    ['up{}', 'up{team="quant"}'],
    ['foo:bar:baz', 'foo:bar:baz{team="quant"}'],
    ['up{job="a",}', 'up{job="a",team="quant"}'],
    ['{__name__=~".+"}', '{__name__=~".+",team="quant"}'],
    ['up{team="eval"}', 'up{team="eval",team="quant"}'],
    [
      '{"foo.bar", "x.y"!~\'z\'}',
      '{__name__="foo.bar","x.y"!~"z",team="quant"}',
    ],
    ['sum by (a, "b.c") (x)', 'sum by (a, "b.c") (x{team="quant"})'],
    ['SUM(x) WITHOUT ()', 'sum(x{team="quant"}) without ()'],
    ['topk(5, x)', 'topk(5, x{team="quant"})'],
    ['rate(x[5m] offset -1m)', 'rate(x{team="quant"}[5m] offset -1m)'],
    [
      'max_over_time(rate(x[1m])[1h:1m] @ end())',
      'max_over_time(rate(x{team="quant"}[1m])[1h:1m] @ end())',
    ],
    ['x[5m:]', 'x{team="quant"}[5m:]'],
    ['x @ 1.5e3 offset 1d', 'x{team="quant"} @ 1.5e3 offset 1d'],
    [
      'a / on (x) group_left (y) b',
      'a{team="quant"} / on (x) group_left (y) b{team="quant"}',
    ],
    ['a > bool 1', 'a{team="quant"} > bool 1'],
    [
      'a unless ignoring (b) c',
      'a{team="quant"} unless ignoring (b) c{team="quant"}',
    ],
    ['-x^2', '-x{team="quant"} ^ 2'],
    ['time() - 5m30s + 0x1F * -Inf', 'time() - 5m30s + 0x1F * -Inf'],
    [
      'label_replace(up, "team", "eval", "", "")',
      'label_replace(up{team="quant"}, "team", "eval", "", "")',
    ],
    ['sum{a="b"} or by', 'sum{a="b",team="quant"} or by{team="quant"}'],
    ['a # or b\n  or # c\nd', 'a{team="quant"} or d{team="quant"}'],
  ])('reads %j as %j', (expr, expected) => {
    expect(enforced(expr)).toBe(expected);
  });

  it('leaves an own matcher on the team, which can only show less', () => {
    expect(enforced('up{team=~".*",team!="quant"}')).toBe(
      'up{team=~".*",team!="quant",team="quant"}',
    );
  });

  it.each([
    ["'it\\'s'", '"it\'s"'],
    ['"\\u00e9\\x41\\101\\U0001F600"', '"éAA😀"'],
    ['`raw \\n "`', '"raw \\\\n \\""'],
    ['"tab\\tnew\\nline\\a"', '"tab\\tnew\\nline\\x07"'],
  ])('writes the text %s as %s', (literal, expected) => {
    expect(enforced(`x{a=${literal}}`)).toBe(`x{a=${expected},team="quant"}`);
  });

  it.each([
    ['an escape that is none', '"\\q"'],
    ['a piece of a character', '"\\xff"'],
    ['half a character', '"\ud800"'],
    ['half an escaped character', '"\\ud800"'],
    ['an escape that is too short', '"\\u00"'],
    ['a line end', '"a\nb"'],
    ["another quote's escape", '"\\\'"'],
  ])('refuses a text with %s', (_name, literal) => {
    expect(refusal(`x{a=${literal}}`)).toMatch(/string|can't be read/i);
  });

  it.each([
    ['', 'from character 1'],
    ['# nothing', "can't be read"],
    ['up or', 'from character 6'],
    ['sum(up', "can't be read"],
    ['up{a="b}', "can't be read"],
    ['up ) or up', "can't be read"],
    ['info(up)', '"info"'],
    ['start()', '"start"'],
    ['up smoothed', '"up smoothed"'],
    ['rate(up[5m+1m])', '"5m+1m"'],
    ['a + fill(0) b', 'At character'],
    [`up${' '.repeat(20_000)}`, '20000 characters'],
    [`${'('.repeat(300)}up${')'.repeat(300)}`, 'nested too deeply'],
    [Array.from({ length: 150 }, () => 'a').join(' + '), 'not refused'],
    [
      `clamp(${Array.from({ length: 201 }, () => 'a').join(',')})`,
      '200 selectors',
    ],
  ])('refuses %.40j and says why', (expr, reason) => {
    expect(refusal(expr)).toContain(reason);
  });

  it('asks for any of several teams, whatever their names', () => {
    const scope = { label: 'team', teams: ['quant', 'eval', 'quant'] };
    expect(enforced('up', scope)).toBe('up{team=~"eval|quant"}');
    expect(enforced('up', { ...scope, teams: ['a.b|c"', 'd'] })).toBe(
      'up{team=~"a\\\\.b\\\\|c\\"|d"}',
    );
    expect(enforced('up', { label: 'namespace', teams: ['a"'] })).toBe(
      'up{namespace="a\\""}',
    );
  });

  it('never works without a team or with a label that is none', () => {
    expect(() => enforceTeams('up', { label: 'team', teams: [] })).toThrow();
    expect(() => enforceTeams('up', { label: 'team', teams: [''] })).toThrow();
    expect(() =>
      enforceTeams('up', { label: 'a="b",c', teams: ['x'] }),
    ).toThrow();
  });
});

describe('enforceSelector', () => {
  it('takes one selector', () => {
    expect(enforceSelector('up{a=~"b"}', QUANT)).toEqual({
      ok: true,
      expr: 'up{a=~"b",team="quant"}',
    });
  });

  it.each([
    'up or up',
    'sum(up)',
    '(up)',
    'up[5m]',
    'up offset 5m',
    '1',
    'up{',
  ])('refuses %s', selector => {
    expect(enforceSelector(selector, QUANT).ok).toBe(false);
  });

  it('knows the selector of everything that the scope may see', () => {
    expect(selectorOf(QUANT)).toBe('{team="quant"}');
  });
});

describe('every selector ends with the team', () => {
  const vocabulary = {
    metrics: ['requests_total', 'sum', 'by', 'offset_', 'start', 'a:b'],
    matchers: [
      'team="eval"',
      "team=~'.*'",
      '`team`!="quant"',
      'x="}"',
      'y!~"#"',
    ],
    labels: ['team', 'model', 'by', 'on'],
  };
  /** What is wrong with the enforced expression; undefined when it is refused. */
  const faultsOf = (expr: string): string[] | undefined => {
    const result = enforceTeams(expr, QUANT);
    if (!result.ok) {
      return undefined;
    }
    // What was printed is printed the same again: nothing is left to interpretation
    const again = enforced(result.expr, { label: 'team', teams: ['again'] });
    const expected = result.expr.replaceAll(
      'team="quant"}',
      'team="quant",team="again"}',
    );
    return [
      ...lastMatchers(result.expr).filter(last => last !== 'team="quant"'),
      ...(again === expected ? [] : [`${again} instead of ${expected}`]),
    ];
  };

  it.each(PROMQL_ATTACKS)('%j', attack => {
    expect(faultsOf(attack) ?? []).toEqual([]);
  });

  it('in any expression', () => {
    let understood = 0;
    fc.assert(
      fc.property(arbitraryPromql(vocabulary), expr => {
        const faults = faultsOf(expr);
        understood += Number(faults !== undefined);
        expect(faults ?? []).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
    // Otherwise the property would say little
    expect(understood).toBeGreaterThan(1_800);
  });

  it('in any text', () => {
    fc.assert(
      fc.property(brokenPromql(vocabulary), expr => {
        expect(faultsOf(expr) ?? []).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });
});
