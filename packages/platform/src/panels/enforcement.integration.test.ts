import { enforceTeams } from '@llm-platform/plugin-grafana-panels-common';
import {
  arbitraryPromql,
  brokenPromql,
  PROMQL_ATTACKS,
} from '@llm-platform/plugin-grafana-panels-common/testUtils';
import fc from 'fast-check';
import { RunningPrometheus, type PrometheusAnswer } from './__testUtils__';

/** Unix seconds of the newest sample. */
const NOW = 1_795_431_600;
const STEP = 60;
const HISTORY = 3 * 3_600;
const QUANT = { label: 'team', teams: ['quant'] };
const RUNS = 1_500;

const VOCABULARY = {
  metrics: [
    'requests_total',
    'temperature',
    'latency_bucket',
    'sum',
    'secret_of_eval',
  ],
  matchers: [
    'team="eval"',
    'team=~".*"',
    "team!~'quant'",
    '`team`=~`eval|quant`',
    '"model"="a"',
    'model!="b"',
    'le="+Inf"',
    'weird=~".*}.*"',
  ],
  labels: ['team', 'model', 'le', 'weird'],
};

/** Samples of one series, in OpenMetrics' text. */
function samples(
  name: string,
  labels: Record<string, string>,
  valueAt: (step: number) => number,
): string[] {
  const text = Object.entries(labels)
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join(',');
  return Array.from({ length: HISTORY / STEP + 1 }, (_, i) => {
    const time = NOW - HISTORY + i * STEP;
    return `${name}{${text}} ${valueAt(i)} ${time}`;
  });
}

/** The same metrics for each team, with other values and more of them. */
function seriesOf(
  team: string | undefined,
  scale: number,
): Map<string, string[]> {
  const own: Record<string, string> = team === undefined ? {} : { team };
  const models = ['a', 'b', `of_${team}`];
  return new Map([
    [
      'requests_total',
      models.flatMap((model, m) =>
        samples(
          'requests_total',
          { ...own, model, weird: 'a}"b' },
          i => i * scale * (m + 1),
        ),
      ),
    ],
    [
      'temperature',
      models.flatMap((model, m) =>
        samples(
          'temperature',
          { ...own, model },
          i => scale + ((i * (m + 3)) % 17),
        ),
      ),
    ],
    [
      'latency_bucket',
      ['0.1', '1', '+Inf'].flatMap((le, at) =>
        samples('latency_bucket', { ...own, le }, i => i * scale * (at + 1)),
      ),
    ],
    ['sum', samples('sum', { ...own, model: 'a' }, () => scale)],
    [
      'target_info',
      samples(
        'target_info',
        { ...own, model: 'a', secret: `of_${team}` },
        () => 1,
      ),
    ],
    ...(team === 'quant'
      ? []
      : [
          [
            `secret_of_${team}`,
            samples(`secret_of_${team}`, own, () => 42),
          ] as [string, string[]],
        ]),
  ]);
}

/** OpenMetrics wants the series of one metric together. */
function openMetrics(teams: Array<Map<string, string[]>>): string {
  const names = [...new Set(teams.flatMap(team => [...team.keys()]))];
  return [
    ...names.flatMap(name => [
      `# TYPE ${name} unknown`,
      ...teams.flatMap(team => team.get(name) ?? []),
    ]),
    '# EOF\n',
  ].join('\n');
}

/** Labels and values that only series of others have. */
const FOREIGN = /(?<!secret_)of_(eval|quantum|undefined)|"quantum"/;

/**
 * What an answer says, but for what differs between two answers to the same question: the last digits, as sums may be made in
 * another order, and which two series of several an error names.
 */
function comparable({ status, error, resultType, result }: PrometheusAnswer) {
  return JSON.parse(
    JSON.stringify({
      status,
      error: error && {
        text: error.replace(/: \[\{.*\}\]/s, ''),
        namesOthers: FOREIGN.test(error),
      },
      resultType,
      result,
    }),
    (_key, value) =>
      typeof value === 'string' && /^-?\d+\.\d+(e[+-]\d+)?$/.test(value)
        ? Number(value).toPrecision(9)
        : value,
  );
}

describe('PromQL limited to a team, on a real Prometheus', () => {
  /** Holds the series of quant and nothing else. */
  let alone: RunningPrometheus;
  /** Holds those of everybody. */
  let shared: RunningPrometheus;

  beforeAll(async () => {
    const quant = seriesOf('quant', 1);
    [alone, shared] = await Promise.all([
      RunningPrometheus.start(openMetrics([quant])),
      RunningPrometheus.start(
        openMetrics([
          seriesOf('eval', 1_000),
          quant,
          seriesOf('quantum', 7_000),
          seriesOf(undefined, 90_000),
        ]),
      ),
    ]);
  });
  afterAll(async () => {
    await Promise.all([alone?.stop(), shared?.stop()]);
  });

  const at = { time: String(NOW) };
  const over = {
    start: String(NOW - 600),
    end: String(NOW),
    step: String(STEP),
  };

  /** What the two answer to the enforced expression; undefined when it is refused. */
  async function bothAnswers(expr: string, params: Record<string, string>) {
    const enforced = enforceTeams(expr, QUANT);
    if (!enforced.ok) {
      return undefined;
    }
    const [own, all] = await Promise.all(
      [alone, shared].map(prometheus =>
        prometheus.ask({ ...params, query: enforced.expr }),
      ),
    );
    return { own: comparable(own), all: comparable(all) };
  }

  it('would show a leak: unlimited, the two answer differently', async () => {
    const query = { ...at, query: 'sum(requests_total)' };
    const [own, all] = await Promise.all([alone.ask(query), shared.ask(query)]);
    expect(own.status).toBe('success');
    expect(comparable(own)).not.toEqual(comparable(all));
    expect((await bothAnswers('sum(requests_total)', at))?.all).toEqual(
      comparable(own),
    );
  });

  it.each(PROMQL_ATTACKS)('gets nothing by %j', async attack => {
    for (const params of [at, over]) {
      const answers = await bothAnswers(attack, params);
      expect(answers?.all).toEqual(answers?.own);
    }
  });

  it('shows the same as if the other teams were not there, whatever is asked', async () => {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitraryPromql(VOCABULARY),
        fc.constantFrom(at, over),
        async (expr, params) => {
          const answers = await bothAnswers(expr, params);
          expect(answers?.all).toEqual(answers?.own);
          answered += Number(
            answers?.all.status === 'success' && answers.all.result.length > 0,
          );
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    // Otherwise it would be silence that is compared
    expect(answered).toBeGreaterThan(RUNS / 4);
  });

  it('shows the same also for texts that are hardly PromQL', async () => {
    await fc.assert(
      fc.asyncProperty(brokenPromql(VOCABULARY), async expr => {
        const answers = await bothAnswers(expr, at);
        expect(answers?.all).toEqual(answers?.own);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it('keeps the meaning: where there is only the team, the expression answers as it was written', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryPromql(VOCABULARY), async expr => {
        const written = await alone.ask({ ...at, query: expr });
        fc.pre(written.status === 'success');
        const enforced = enforceTeams(expr, QUANT);
        const limited = await alone.ask({
          ...at,
          query: enforced.ok ? enforced.expr : enforced.reason,
        });
        expect(comparable(limited)).toEqual(comparable(written));
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });
});
