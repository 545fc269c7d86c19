import type {
  QueryRequest,
  QueryResponse,
} from '@llm-platform/plugin-grafana-panels-common';
import type { GrafanaPanelsApi } from '../api';
import { QueryBatcher, stepOf, type Question } from '.';

const hour = 3_600_000;
const rangeOf = (ms: number) => ({
  from: 1_700_000_000_000 - ms,
  to: 1_700_000_000_000,
});

describe('the step of a query', () => {
  it.each<[string, Parameters<typeof stepOf>, number, number]>([
    [
      'is round and gives about as many points as pixels',
      [{}, { intervalFactor: 1 }, rangeOf(6 * hour), 800, new Map()],
      30_000,
      60_000,
    ],
    [
      'is not shorter than Prometheus reads',
      [{}, { intervalFactor: 1 }, rangeOf(hour / 12), 800, new Map()],
      15_000,
      60_000,
    ],
    [
      "is not shorter than the panel's",
      [
        { interval: '>2m' },
        { intervalFactor: 1 },
        rangeOf(hour),
        800,
        new Map(),
      ],
      120_000,
      135_000,
    ],
    [
      "is not shorter than the query's, which the rate follows, too",
      [
        { interval: '5m' },
        { interval: '1m', intervalFactor: 1 },
        rangeOf(hour),
        800,
        new Map(),
      ],
      60_000,
      240_000,
    ],
    [
      'is multiplied by the factor',
      [{}, { intervalFactor: 4 }, rangeOf(hour), 800, new Map()],
      60_000,
      75_000,
    ],
    [
      'follows the points that the panel wants',
      [
        { maxDataPoints: 10 },
        { intervalFactor: 1 },
        rangeOf(hour),
        800,
        new Map(),
      ],
      300_000,
      315_000,
    ],
    [
      'may be the interval of rates',
      [
        {},
        { interval: '$__rate_interval', intervalFactor: 1 },
        rangeOf(hour),
        800,
        new Map(),
      ],
      60_000,
      60_000,
    ],
    [
      'is there for a range of nothing',
      [{}, { intervalFactor: 1 }, rangeOf(0), 0, new Map()],
      15_000,
      60_000,
    ],
  ])('%s', (_, args, stepMs, rateIntervalMs) => {
    expect(stepOf(...args)).toEqual({ stepMs, rateIntervalMs });
  });

  it('never asks for more points than Prometheus gives', () => {
    const range = rangeOf(365 * 24 * hour);
    const { stepMs } = stepOf(
      { maxDataPoints: 11_000 },
      { interval: '1s', intervalFactor: 1 },
      range,
      100_000,
      new Map(),
    );
    expect((range.to - range.from) / stepMs).toBeLessThanOrEqual(11_000);
  });
});

describe('questions of many panels', () => {
  const question = (expr: string, range = rangeOf(hour)): Question => ({
    dataSource: { kind: 'prometheus', cluster: 'c' },
    range,
    query: { expr, stepSeconds: 15 },
  });

  function batcherWith(
    query: (
      request: QueryRequest,
      signal?: AbortSignal,
    ) => Promise<QueryResponse>,
  ) {
    const requests: QueryRequest[] = [];
    const api = {
      query: (request: QueryRequest, options?: { signal?: AbortSignal }) => {
        requests.push(request);
        return query(request, options?.signal);
      },
    } as Partial<GrafanaPanelsApi> as GrafanaPanelsApi;
    return { batcher: new QueryBatcher(api), requests };
  }

  const echo = async (request: QueryRequest): Promise<QueryResponse> => ({
    asOf: 7,
    results: request.queries
      .map(({ refId, expr }) => ({ refId, executedExpr: `done ${expr}` }))
      .reverse(),
  });

  it('are asked together, the same one once', async () => {
    const { batcher, requests } = batcherWith(echo);
    const answers = await Promise.all(
      ['a', 'b', 'a', 'c'].map(expr => batcher.ask(question(expr))),
    );
    expect(answers.map(({ executedExpr }) => executedExpr)).toEqual([
      'done a',
      'done b',
      'done a',
      'done c',
    ]);
    expect(answers[0].asOf).toBe(7);
    expect(requests).toHaveLength(1);
    expect(requests[0].queries.map(({ expr }) => expr)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('are apart by range and data source, and few in one request', async () => {
    const { batcher, requests } = batcherWith(echo);
    await Promise.all([
      batcher.ask(question('a')),
      batcher.ask(question('a', rangeOf(2 * hour))),
      batcher.ask({
        ...question('a'),
        dataSource: { kind: 'prometheus', cluster: 'd' },
      }),
      ...Array.from({ length: 24 }, (_, i) => batcher.ask(question(`x${i}`))),
    ]);
    expect(requests.map(({ queries }) => queries.length).sort()).toEqual(
      [1, 1, 10, 10, 5].sort(),
    );
  });

  it('fail together when the request does, alone when a query does', async () => {
    const { batcher } = batcherWith(async request => {
      if (request.from === rangeOf(2 * hour).from) {
        throw new Error('gone');
      }
      return {
        asOf: 1,
        results: [{ refId: '0', error: { code: 'bad_query', message: 'bad' } }],
      };
    });
    const [bad, missing] = await Promise.all([
      batcher.ask(question('a')),
      batcher.ask(question('b')),
    ]);
    expect(bad.error?.code).toBe('bad_query');
    expect(missing.error?.code).toBe('upstream_error');
    await expect(batcher.ask(question('c', rangeOf(2 * hour)))).rejects.toThrow(
      'gone',
    );
  });

  it('end when nobody waits for any of them', async () => {
    const first = new AbortController();
    const second = new AbortController();
    const signals: AbortSignal[] = [];
    const { batcher } = batcherWith(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signals.push(signal!);
          signal?.addEventListener('abort', () => reject(new Error('ended')));
          first.abort();
          if (!signal?.aborted) {
            second.abort();
          }
        }),
    );
    const results = await Promise.allSettled([
      batcher.ask(question('a'), first.signal),
      batcher.ask(question('b'), second.signal),
    ]);
    expect(results.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    expect(signals[0].aborted).toBe(true);
    expect(second.signal.aborted).toBe(true);
  });
});
