import { Limits, type LimitsOptions } from './Limits';
import {
  admitted,
  configOf,
  keyWith,
  NOON,
  person,
  refusalOf,
  requestOf,
} from './testing/requests';
import { limitBehaviour } from './testing/limitBehaviour';

describe('limits in the memory of this process', () => {
  limitBehaviour(async options => new Limits(options));
});

describe('Limits', () => {
  let now: number;
  const limitsWith = (options: LimitsOptions = {}) =>
    new Limits({ now: () => now, ...options });

  beforeEach(() => {
    now = NOON;
  });

  it('answers without a promise', () => {
    const limits = limitsWith();
    expect(
      limits.admit(requestOf(keyWith({ tokensPerMinute: 1000 }))),
    ).not.toBeInstanceOf(Promise);
    expect(limits.admit(requestOf(keyWith({})))).not.toBeInstanceOf(Promise);
  });

  it('limits nothing and says nothing where no limit applies', async () => {
    const limits = limitsWith();
    const [first] = await admitted(limits, requestOf(keyWith({})), 1000);
    expect(first.headers).toEqual({});
    first.settle(undefined);
    expect(limits.size).toBe(0);
  });

  describe('a refusal', () => {
    it.each<[string, Parameters<typeof keyWith>[0], number, string, object]>([
      [
        'of requests per minute',
        { requestsPerMinute: 1 },
        100,
        "Rate limit reached for the API key 'k1' on requests per minute: limit 1, left 0, and this request needs 1. It resets in 30s.",
        {
          code: 'rate_limit_exceeded',
          type: 'requests',
          headers: {
            'retry-after': '30',
            'x-ratelimit-limit-requests': '1',
            'x-ratelimit-remaining-requests': '0',
            'x-ratelimit-reset-requests': '30s',
          },
        },
      ],
      [
        'of tokens per minute',
        { tokensPerMinute: 150 },
        100,
        "Rate limit reached for the API key 'k1' on tokens per minute: limit 150, left 50, and this request may need 100 (about 10 for the prompt, up to 90 for the answer). It resets in 30s.",
        {
          code: 'rate_limit_exceeded',
          type: 'tokens',
          headers: {
            'retry-after': '30',
            'x-ratelimit-limit-tokens': '150',
            'x-ratelimit-remaining-tokens': '50',
            'x-ratelimit-reset-tokens': '30s',
          },
        },
      ],
      [
        'of concurrent requests',
        { concurrent: 1 },
        100,
        "Rate limit reached for the API key 'k1' on concurrent requests: limit 1, running 1, left 0. There is room as soon as one of them ends.",
        {
          code: 'rate_limit_exceeded',
          type: 'requests',
          headers: { 'retry-after': '1' },
        },
      ],
      [
        'of tokens per day',
        { tokensPerDay: 150 },
        100,
        "Budget used up for the API key 'k1' on tokens per day: limit 150, left 50, and this request may need 100 (about 10 for the prompt, up to 90 for the answer). It resets in 11h59m30s, at 2026-11-24T00:00:00.000Z.",
        {
          code: 'insufficient_quota',
          type: 'insufficient_quota',
          headers: { 'retry-after': '43170', 'x-should-retry': 'false' },
        },
      ],
      [
        'of money per month',
        { usdPerMonth: 0.0003 },
        100,
        "Budget used up for the API key 'k1' on money per month: limit $0.000300, left $0.000110, and this request may cost $0.000190. It resets in 179h59m30s, at 2026-12-01T00:00:00.000Z.",
        { code: 'insufficient_quota', type: 'insufficient_quota' },
      ],
    ])(
      '%s says whose limit, what is left and when it resets',
      async (_name, settings, tokens, message, rest) => {
        const limits = limitsWith();
        limits.configure(
          configOf({
            models: {
              smol: { promptUsdPerMillion: 1, completionUsdPerMillion: 2 },
            },
          }),
        );
        const request = requestOf(keyWith(settings), tokens);
        await limits.admit(request);
        const error = await refusalOf(limits, request);
        expect(error.status).toBe(429);
        expect(error.message).toBe(message);
        expect(error).toMatchObject(rest);
      },
    );

    it('of a request that is larger than the limit says so', async () => {
      const error = await refusalOf(
        limitsWith(),
        requestOf(keyWith({ tokensPerMinute: 50 })),
      );
      expect(error.message).toContain('lower max_tokens');
      expect(error.headers['x-should-retry']).toBe('false');
    });

    it('is reported by limit, never by name', async () => {
      const refused: unknown[] = [];
      const limits = limitsWith({ onRefused: one => refused.push(one) });
      limits.configure(configOf({ person: { requestsPerMinute: 0 } }));
      await refusalOf(limits, requestOf(person('user:default/mia')));
      expect(refused).toEqual([
        { scope: 'person', limit: 'requestsPerMinute', team: 'quant' },
      ]);
    });
  });

  describe('what is reserved', () => {
    const reserved = (
      request: { promptBytes: number; maxTokens?: number },
      models: object = {},
    ) => {
      const limits = limitsWith();
      limits.configure(configOf({ models, defaultMaxTokens: 500 }));
      const reservation = limits.admit({
        ...request,
        model: 'smol',
        credential: keyWith({ tokensPerMinute: 2_000_000_000 }),
      });
      const { headers } = reservation as Exclude<
        typeof reservation,
        Promise<unknown>
      >;
      return 2_000_000_000 - Number(headers['x-ratelimit-remaining-tokens']);
    };

    it.each([
      ['a third of its bytes and what it may answer', 301, 50, 151],
      ['the default where it does not say', 300, undefined, 600],
      ['no answer for embeddings', 300, 0, 100],
      ['the default for less than nothing', 300, -1_000_000, 600],
      ['the default for no number', 300, NaN, 600],
      ['a billion at most', 300, 1e300, 1_000_000_100],
    ])('is %s', (_name, promptBytes, maxTokens, tokens) => {
      expect(
        reserved({
          promptBytes,
          ...(maxTokens !== undefined && { maxTokens }),
        }),
      ).toBe(tokens);
    });

    it("is the model's own maximum where the request does not say", () => {
      expect(
        reserved({ promptBytes: 300 }, { smol: { maxTokens: 2048 } }),
      ).toBe(2148);
      expect(reserved({ promptBytes: 300 }, { '*': { maxTokens: 64 } })).toBe(
        164,
      );
    });
  });

  it('counts money by the prices of prompt and answer', async () => {
    const limits = limitsWith();
    limits.configure(
      configOf({
        models: {
          smol: { promptUsdPerMillion: 1, completionUsdPerMillion: 10 },
        },
      }),
    );
    const key = keyWith({ usdPerDay: 0.01 });
    const [first] = await admitted(limits, requestOf(key, 1000), 2);
    first.settle({ promptTokens: 100, completionTokens: 40 });
    const error = await refusalOf(limits, requestOf(key, 1000));
    expect(error.message).toContain('left $0.009500');
  });

  it('tells once of a model without a price that meets a budget', async () => {
    const told: string[] = [];
    const limits = limitsWith({ onUnpriced: model => told.push(model) });
    const budget = keyWith({ usdPerDay: 1 });
    await admitted(limits, requestOf(keyWith({ concurrent: 9 }), 100, 'a'), 1);
    await admitted(limits, requestOf(budget, 100, 'smol'), 3);
    expect(told).toEqual(['smol']);
  });

  describe('standings', () => {
    it('say what is used in the present period only', async () => {
      const limits = limitsWith();
      const key = keyWith({ tokensPerMinute: 1000, tokensPerDay: 5000 });
      const used = () =>
        limits
          .standings([key])
          .map(({ limit, used: amount }) => [limit, amount]);
      expect(used()).toEqual([
        ['tokensPerMinute', 0],
        ['tokensPerDay', 0],
      ]);
      await limits.admit(requestOf(key));
      expect(used()).toEqual([
        ['tokensPerMinute', 100],
        ['tokensPerDay', 100],
      ]);
      now += 60_000;
      expect(used()).toEqual([
        ['tokensPerMinute', 0],
        ['tokensPerDay', 100],
      ]);
    });

    it('name teams with limits of their own, and others once they have come', async () => {
      const limits = limitsWith();
      limits.configure(
        configOf({
          teams: { eval: { concurrent: 3 }, free: {}, '*': { concurrent: 1 } },
          person: { concurrent: 5 },
        }),
      );
      const teams = () =>
        limits
          .standings([])
          .map(({ team, allowed, used }) => ({ team, allowed, used }));
      expect(teams()).toEqual([{ team: 'eval', allowed: 3, used: 0 }]);
      await limits.admit(requestOf(person('mia', 'quant')));
      await limits.admit(requestOf(person('max', 'free')));
      expect(teams()).toEqual([
        { team: 'eval', allowed: 3, used: 0 },
        { team: 'quant', allowed: 1, used: 1 },
      ]);
    });
  });

  it('forgets whom it need not remember', async () => {
    const limits = limitsWith();
    limits.configure(
      configOf({ person: { requestsPerMinute: 5, concurrent: 1 } }),
    );
    const staying = await limits.admit(requestOf(person('staying')));
    for (let i = 0; i < 100_000; i += 1) {
      const reservation = await limits.admit(requestOf(person(`user-${i}`)));
      reservation.settle(undefined);
      now += 1000;
    }
    expect(limits.size).toBeLessThan(2500);
    // Who is still running is no longer in his minute, but is remembered.
    expect((await refusalOf(limits, requestOf(person('staying')))).code).toBe(
      'rate_limit_exceeded',
    );
    staying.settle('nothing');
    await limits.admit(requestOf(person('staying')));
  });

  it('remembers a budget as long as it lasts', async () => {
    const limits = limitsWith();
    limits.configure(configOf({ person: { tokensPerDay: 100 } }));
    (await limits.admit(requestOf(person('mia'), 100))).settle(undefined);
    for (let i = 0; i < 5000; i += 1) {
      (await limits.admit(requestOf(person(`user-${i}`), 100))).settle(
        'nothing',
      );
      now += 1000;
    }
    const error = await refusalOf(limits, requestOf(person('mia'), 100));
    expect(error.code).toBe('insufficient_quota');
  });

  it('forgets nobody who is just being admitted', async () => {
    const limits = limitsWith();
    limits.configure(
      configOf({
        teams: { '*': { requestsPerMinute: 1 }, free: {} },
        person: { requestsPerMinute: 5 },
      }),
    );
    // One alone, so that the pairs below are at odds with round numbers.
    await limits.admit(requestOf(person('user', 'free')));
    expect(limits.size).toBe(1);
    for (let i = 0; i < 3000; i += 1) {
      const request = requestOf(person(`user-${i}`, `team-${i}`));
      expect(await admitted(limits, request, 2)).toHaveLength(1);
    }
  });
});
