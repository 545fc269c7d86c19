import {
  FakePrometheus,
  matrix,
  startPanels,
  success,
  type Person,
} from '../__testUtils__';

const NOON = Date.UTC(2026, 10, 23, 12);
const HOUR = 3_600_000;
const SOURCE = { kind: 'prometheus', cluster: 'embedded' };

function ask(expr: string, more: object = {}) {
  return {
    dataSource: SOURCE,
    from: NOON - HOUR,
    to: NOON,
    queries: [{ refId: 'A', expr, stepSeconds: 15, ...more }],
  };
}

describe('POST /v1/query', () => {
  let prometheus: FakePrometheus;
  let panels: Awaited<ReturnType<typeof startPanels>>;

  async function start(llmPlatform: object = {}) {
    prometheus = await FakePrometheus.start();
    panels = await startPanels({ prometheusUrl: prometheus.url, llmPlatform });
  }
  afterEach(async () => {
    await panels.stop();
    await prometheus.stop();
  });

  async function query(person: Person, body: object) {
    const { body: answer } = await panels.post(person, '/query', body);
    return answer;
  }

  it('asks for the teams of the viewer, and answers with series', async () => {
    await start();
    prometheus.answers((_seen, res) => {
      res.json(
        matrix({ team: 'quant', model: 'smollm2' }, [
          [1_795_431_600, '1.5'],
          [1_795_431_615, 'NaN'],
          [1_795_431_630, '+Inf'],
          [1_795_431_645, '-Inf'],
        ]),
      );
    });

    const answer = await query('mia', ask('sum by (model) (up)'));

    expect(answer.results).toEqual([
      {
        refId: 'A',
        stepSeconds: 15,
        executedExpr: 'sum by (model) (up{team="quant"})',
        series: [
          {
            labels: { team: 'quant', model: 'smollm2' },
            times: [1_795_431_600, 1_795_431_615, 1_795_431_630, 1_795_431_645],
            values: [1.5, 'NaN', '+Inf', '-Inf'],
          },
        ],
      },
    ]);
    const [{ path, params }] = prometheus.seen;
    expect(path).toBe('/api/v1/query_range');
    expect(params.get('query')).toBe('sum by (model) (up{team="quant"})');
    expect(params.get('start')).toBe(String((NOON - HOUR) / 1_000));
    expect(params.get('end')).toBe(String(NOON / 1_000));
    expect(params.get('step')).toBe('15');
  });

  it.each([
    ['mia', 'up{team="quant"}'],
    ['erik', 'up{team=~"eval|quant"}'],
    ['pat', 'up'],
  ] as const)('%s asks %s', async (person, executed) => {
    await start();
    const { results } = await query(person, ask('up'));
    expect(results[0].executedExpr).toBe(executed);
    expect(prometheus.seen[0].params.get('query')).toBe(executed);
  });

  it('refuses what it can not limit, without asking, and answers the rest', async () => {
    await start();
    const { results } = await query('mia', {
      ...ask('up'),
      queries: [
        { refId: 'A', expr: 'info(up)', stepSeconds: 15 },
        { refId: 'B', expr: 'up or', stepSeconds: 15 },
        { refId: 'C', expr: 'up', stepSeconds: 15 },
      ],
    });
    expect(
      results.map(
        ({ refId, error }: { refId: string; error?: { code: string } }) => [
          refId,
          error?.code,
        ],
      ),
    ).toEqual([
      ['A', 'refused'],
      ['B', 'refused'],
      ['C', undefined],
    ]);
    expect(prometheus.seen).toHaveLength(1);
  });

  it('shows nothing to who is in no team, and nobody who is not signed in', async () => {
    await start();
    const denied = await panels.post('new', '/query', ask('up'));
    expect(denied.status).toBe(403);
    expect(panels.denied).toEqual(['panel-query']);
    expect((await panels.anonymously()).status).toBe(401);
    expect(prometheus.seen).toEqual([]);
  });

  it('asks an instant query at the last step', async () => {
    await start();
    prometheus.answers((_seen, res) => {
      res.json(
        success({
          resultType: 'vector',
          result: [{ metric: { a: 'b' }, value: [NOON / 1_000, '7'] }],
        }),
      );
    });
    const { results } = await query('mia', {
      ...ask('up', { instant: true }),
      to: NOON + 14_000,
    });
    expect(results[0].series).toEqual([
      { labels: { a: 'b' }, times: [NOON / 1_000], values: [7] },
    ]);
    const [{ path, params }] = prometheus.seen;
    expect(path).toBe('/api/v1/query');
    expect(params.get('time')).toBe(String(NOON / 1_000));
  });

  it('asks an instant query at the end also where the step of a range is long', async () => {
    await start();
    await query('mia', {
      ...ask('up', { instant: true, stepSeconds: 3_600 }),
      from: NOON - 300 * 24 * HOUR,
      to: NOON - 61_000,
    });
    const [{ params }] = prometheus.seen;
    expect(params.get('time')).toBe(String((NOON - 75_000) / 1_000));
  });

  describe('the same question', () => {
    it('is asked once for all viewers of a team, at once and within the step', async () => {
      await start();
      let open = () => {};
      const opened = new Promise<void>(resolve => {
        open = resolve;
      });
      prometheus.answers(async (_seen, res) => {
        await opened;
        res.json(matrix({}, [[1, '1']]));
      });
      const bodies = Array.from({ length: 20 }, (_, i) => ({
        // Within one step of each other
        ...ask('sum( up ) # mine'),
        from: NOON - HOUR + i * 700,
        to: NOON + i * 700,
      }));
      const answers = bodies.map((body, i) =>
        query(i % 2 ? 'mia' : 'ida', body),
      );
      open();
      for (const { results } of await Promise.all(answers)) {
        expect(results[0].series).toHaveLength(1);
      }
      await query('mia', ask('sum(up)'));
      expect(prometheus.seen).toHaveLength(1);
    });

    it('is another one for other teams, another range, step or kind', async () => {
      await start();
      await query('mia', ask('up'));
      await query('erik', ask('up'));
      await query('pat', ask('up'));
      await query('mia', { ...ask('up'), to: NOON + 15_000 });
      await query('mia', ask('up', { stepSeconds: 30 }));
      await query('mia', ask('up', { instant: true }));
      expect(prometheus.seen).toHaveLength(6);
    });

    it('is asked again after a failure', async () => {
      await start();
      prometheus.answers((_seen, res) => {
        res.status(500).end();
      });
      const failed = await query('mia', ask('up'));
      expect(failed.results[0].error.code).toBe('upstream_error');
      prometheus.answers((_seen, res) => {
        res.json(matrix({}, [[1, '1']]));
      });
      const { results } = await query('mia', ask('up'));
      expect(results[0].series).toHaveLength(1);
    });
  });

  describe('limits', () => {
    it('makes the step longer instead of asking for more than 11,000 points', async () => {
      await start();
      const { results } = await query('mia', {
        ...ask('up', { stepSeconds: 1 }),
        from: NOON - 24 * HOUR,
      });
      expect(results[0].stepSeconds).toBe(8);
      expect(prometheus.seen[0].params.get('step')).toBe('8');
    });

    it('refuses a range that is too long', async () => {
      await start({ panels: { limits: { rangeDays: 1 } } });
      const { results } = await query('mia', {
        ...ask('up'),
        from: NOON - 25 * HOUR,
      });
      expect(results[0].error).toEqual({
        code: 'too_large',
        message: expect.stringContaining('1 days'),
      });
      expect(prometheus.seen).toEqual([]);
    });

    it('refuses too many series, points or bytes', async () => {
      await start({
        panels: { limits: { series: 2, points: 4, responseBytes: 2_000 } },
      });
      const series = (count: number, points: number, label = 'x') =>
        success({
          resultType: 'matrix',
          result: Array.from({ length: count }, (_, i) => ({
            metric: { label, i: String(i) },
            values: Array.from({ length: points }, (_v, at) => [at, '1']),
          })),
        });
      const codeFor = async (expr: string, answer: object) => {
        prometheus.answers((_seen, res) => {
          res.json(answer);
        });
        const { results } = await query('mia', ask(expr));
        return results[0].error?.code;
      };
      expect(await codeFor('a', series(2, 2))).toBeUndefined();
      expect(await codeFor('b', series(3, 1))).toBe('too_large');
      expect(await codeFor('c', series(2, 3))).toBe('too_large');
      expect(await codeFor('d', series(1, 1, 'x'.repeat(3_000)))).toBe(
        'too_large',
      );
      expect(prometheus.seen[0].params.get('limit')).toBe('3');
    });

    it('refuses the query with which a request has too many points, and none behind it', async () => {
      await start({ panels: { limits: { points: 5 } } });
      const points: Array<[number, string]> = [
        [1, '1'],
        [2, '2'],
        [3, '3'],
        [4, '4'],
      ];
      prometheus.answers((seen, res) => {
        res.json(
          matrix(
            {},
            seen.params.get('query')?.includes('metric_B')
              ? points
              : points.slice(0, 2),
          ),
        );
      });
      const { results } = await query('mia', {
        ...ask('up'),
        queries: ['A', 'B', 'C'].map(refId => ({
          refId,
          expr: `metric_${refId}`,
          stepSeconds: 15,
        })),
      });
      expect(
        results.map(({ error }: { error?: { code: string } }) => error?.code),
      ).toEqual([undefined, 'too_large', undefined]);
      expect(results[1].series).toBeUndefined();
    });

    it('gives up on a Prometheus that does not answer', async () => {
      await start({ panels: { limits: { timeoutSeconds: 0.2 } } });
      prometheus.answers(() => new Promise(() => {}));
      const { results } = await query('mia', ask('up'));
      expect(results[0].error.code).toBe('timeout');
    });

    it('stops asking when the browser has gone', async () => {
      await start();
      let stopped: () => void = () => {};
      const isStopped = new Promise<void>(resolve => {
        stopped = resolve;
      });
      let asked: () => void = () => {};
      const isAsked = new Promise<void>(resolve => {
        asked = resolve;
      });
      prometheus.answers((_seen, res) => {
        res.on('close', () => stopped());
        asked();
      });
      const call = panels.post('mia', '/query', ask('up'));
      // What supertest makes of its own abort doesn't matter
      call.then(
        () => {},
        () => {},
      );
      await isAsked;
      call.abort();
      await isStopped;
      prometheus.answers((_seen, res) => {
        res.json(matrix({}, [[1, '1']]));
      });
      const { results } = await query('ida', ask('up'));
      expect(results[0].series).toHaveLength(1);
    });

    it('lets one person ask only so much at once, and others all the same', async () => {
      await start({ panels: { limits: { concurrentPerPerson: 2 } } });
      const waiting: Array<() => void> = [];
      prometheus.answers(
        (_seen, res) =>
          new Promise(resolve => {
            waiting.push(() => {
              res.json(matrix({}, []));
              resolve();
            });
          }),
      );
      const queries = Array.from({ length: 5 }, (_, i) => ({
        refId: `${i}`,
        expr: `metric_${i}`,
        stepSeconds: 15,
      }));
      const mine = query('mia', { ...ask('up'), queries });
      const others = query('erik', ask('up'));
      while (waiting.length < 3) {
        await new Promise(resolve => {
          setImmediate(resolve);
        });
      }
      expect(
        prometheus.seen.map(({ params }) => params.get('query')).sort(),
      ).toEqual([
        'metric_0{team="quant"}',
        'metric_1{team="quant"}',
        'up{team=~"eval|quant"}',
      ]);
      let isDone = false;
      const all = Promise.all([mine, others]).finally(() => {
        isDone = true;
      });
      while (!isDone) {
        waiting.splice(0).forEach(go => go());
        await new Promise(resolve => {
          setImmediate(resolve);
        });
      }
      expect((await all)[0].results).toHaveLength(5);
    });

    it.each([
      ['no queries', { queries: undefined }],
      ['a range backwards', { from: NOON, to: NOON - HOUR }],
      ['no time', { from: 'now-1h' }],
      ['no step', { queries: [{ refId: 'A', expr: 'up', stepSeconds: 0 }] }],
      ['another kind of source', { dataSource: { kind: 'loki' } }],
    ])('refuses a request with %s', async (_name, change) => {
      await start();
      const { status, body } = await panels.post('mia', '/query', {
        ...ask('up'),
        ...change,
      });
      expect(status).toBe(400);
      expect(body.error.name).toBe('InputError');
    });
  });

  describe('a failing Prometheus', () => {
    it.each([
      ['bad_query', 400, { errorType: 'bad_data', error: 'unknown function' }],
      ['timeout', 503, { errorType: 'timeout', error: 'query timed out' }],
      [
        'too_large',
        422,
        {
          errorType: 'execution',
          error:
            'query processing would load too many samples into memory in query execution',
        },
      ],
      ['upstream_error', 500, { errorType: 'internal', error: 'disk' }],
    ])('is %s', async (code, status, error) => {
      await start();
      prometheus.answers((_seen, res) => {
        res.status(status).json({ status: 'error', ...error });
      });
      const { results } = await query('mia', ask('up'));
      expect(results[0].error.code).toBe(code);
      expect(results[0].error.message).toContain(error.error);
    });

    it.each([
      ['a page', (res: { send(text: string): void }) => res.send('<html>')],
      [
        'another shape',
        (res: { json(body: object): void }) =>
          res.json(success({ resultType: 'matrix', result: [{ values: 3 }] })),
      ],
      [
        'no number',
        (res: { json(body: object): void }) => res.json(matrix({}, [[1, 'x']])),
      ],
    ])('that answers with %s is said to be wrong', async (_name, send) => {
      await start();
      prometheus.answers((_seen, res) => {
        send(res);
      });
      const { results } = await query('mia', ask('up'));
      expect(results[0].error.code).toBe('upstream_error');
    });

    it('that is gone is unreachable', async () => {
      await start();
      await prometheus.stop();
      const { results } = await query('mia', ask('up'));
      expect(results[0].error).toEqual({
        code: 'unreachable',
        message: expect.stringContaining('embedded'),
      });
    });

    it('passes on what Prometheus remarked', async () => {
      await start();
      prometheus.answers((_seen, res) => {
        res.json(
          success({ resultType: 'matrix', result: [] }, [
            'PromQL info: metric might not be a counter',
          ]),
        );
      });
      const { results } = await query('mia', ask('rate(up[1m])'));
      expect(results[0].warnings).toEqual([
        'PromQL info: metric might not be a counter',
      ]);
    });
  });

  it('says that a cluster has no Prometheus, and that there is no such cluster', async () => {
    await start();
    await panels.stop();
    panels = await startPanels({});
    const { results } = await query('mia', ask('up'));
    expect(results[0].error).toEqual({
      code: 'unreachable',
      message: expect.stringContaining('prometheus.url'),
    });
    const unknown = await panels.post('mia', '/query', {
      ...ask('up'),
      dataSource: { kind: 'prometheus', cluster: 'other' },
    });
    expect(unknown.status).toBe(404);
  });
});
