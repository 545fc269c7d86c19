import type { LimitName } from '../limitKinds';
import type { Limits, LimitsOptions } from '../Limits';
import {
  admitted,
  configOf,
  keyWith,
  NOON,
  person,
  refusalOf,
  requestOf,
} from './requests';

/**
 * What limits do, wherever they are counted: the unit tests run this on the
 * counters of this process, the integration tests on those in Redis.
 */
// eslint-disable-next-line jest/no-export -- two test files share it
export function limitBehaviour(
  start: (options: LimitsOptions) => Promise<Limits>,
): void {
  let limits: Limits;
  let now: number;

  beforeEach(async () => {
    now = NOON;
    limits = await start({ now: () => now });
  });

  afterEach(() => limits.close());

  const used = (promptTokens: number, completionTokens: number) => ({
    promptTokens,
    completionTokens,
  });

  describe('a race of 100 requests for a budget', () => {
    it.each<[LimitName, number]>([
      ['tokensPerMinute', 1000],
      ['tokensPerDay', 1000],
      ['tokensPerMonth', 1000],
      ['usdPerDay', 0.001],
      ['usdPerMonth', 0.001],
    ])('never uses more than %s', async (limit, most) => {
      limits.configure(
        configOf({
          models: {
            smol: { promptUsdPerMillion: 1, completionUsdPerMillion: 1 },
          },
        }),
      );
      const key = keyWith({ [limit]: most });
      let tokens = 0;
      const run = async () => {
        const reservation = await limits.admit(requestOf(key, 100));
        await new Promise(resolve => setImmediate(resolve));
        tokens += 100;
        reservation.settle(used(10, 90));
      };
      const results = await Promise.allSettled(
        Array.from({ length: 100 }, run),
      );
      expect(tokens).toBe(1000);
      expect(results.filter(r => r.status === 'fulfilled')).toHaveLength(10);
    });

    it('has never more running than allowed', async () => {
      const key = keyWith({ concurrent: 7 });
      let running = 0;
      let most = 0;
      const run = async () => {
        const reservation = await limits.admit(requestOf(key));
        running += 1;
        most = Math.max(most, running);
        await new Promise(resolve => setImmediate(resolve));
        running -= 1;
        reservation.settle(used(1, 1));
      };
      await Promise.allSettled(Array.from({ length: 100 }, run));
      expect(most).toBe(7);
      expect(await admitted(limits, requestOf(key), 20)).toHaveLength(7);
    });
  });

  it('counts what was really used once that is known', async () => {
    const request = requestOf(keyWith({ tokensPerDay: 1000 }), 500);
    const [first, second] = await admitted(limits, request, 3);
    first.settle(used(10, 40));
    second.settle(used(10, 40));
    // 100 of 1000 are used: one more of 500 fits, not two.
    expect(await admitted(limits, request, 3)).toHaveLength(1);
  });

  it('counts what went beyond a reservation', async () => {
    const request = requestOf(keyWith({ tokensPerDay: 1000 }), 100);
    const [first] = await admitted(limits, request, 1);
    first.settle(used(10, 940));
    expect(await admitted(limits, request, 3)).toHaveLength(0);
  });

  it('lets a reservation stand where nothing is known', async () => {
    const request = requestOf(keyWith({ tokensPerDay: 1000 }), 500);
    for (const reservation of await admitted(limits, request, 2)) {
      reservation.settle(undefined);
    }
    expect(await admitted(limits, request, 3)).toHaveLength(0);
  });

  it('gives everything back where the model never saw the request', async () => {
    const request = requestOf(
      keyWith({ tokensPerDay: 500, requestsPerMinute: 1 }),
      500,
    );
    const [first] = await admitted(limits, request, 1);
    first.settle('nothing');
    expect(await admitted(limits, request, 3)).toHaveLength(1);
  });

  it.each([[used(1, 1)], [undefined], ['nothing' as const]])(
    'ends a running request that settles with %p, once',
    async outcome => {
      const request = requestOf(keyWith({ concurrent: 2 }));
      const [first] = await admitted(limits, request, 2);
      expect(await admitted(limits, request, 1)).toHaveLength(0);
      first.settle(outcome);
      first.settle(outcome);
      expect(await admitted(limits, request, 5)).toHaveLength(1);
    },
  );

  it('takes nothing from the limits with room where another has none', async () => {
    limits.configure(configOf({ teams: { quant: { concurrent: 1 } } }));
    const key = keyWith({ tokensPerDay: 1000, concurrent: 5 });
    const [running] = await admitted(limits, requestOf(key, 100), 1);
    expect(await admitted(limits, requestOf(key, 100), 50)).toHaveLength(0);
    running.settle(used(10, 90));
    limits.configure(configOf({}));
    expect(await admitted(limits, requestOf(key, 180), 9)).toHaveLength(5);
  });

  it('limits a team over all of its credentials, and no other team', async () => {
    limits.configure(
      configOf({
        teams: {
          quant: { requestsPerMinute: 3 },
          '*': { requestsPerMinute: 2 },
        },
      }),
    );
    expect(await admitted(limits, requestOf(keyWith({})), 2)).toHaveLength(2);
    expect(
      await admitted(limits, requestOf(person('user:default/mia')), 5),
    ).toHaveLength(1);
    const other = keyWith({}, { id: 'k2', team: 'eval' });
    expect(await admitted(limits, requestOf(other), 5)).toHaveLength(2);
  });

  it('limits each person, and no key', async () => {
    limits.configure(configOf({ person: { requestsPerMinute: 2 } }));
    const mia = requestOf(person('user:default/mia'));
    expect(await admitted(limits, mia, 5)).toHaveLength(2);
    expect(
      await admitted(limits, requestOf(person('user:default/tom')), 5),
    ).toHaveLength(2);
    expect(await admitted(limits, requestOf(keyWith({})), 5)).toHaveLength(5);
  });

  it.each([
    ['requestsPerMinute', 'a minute', Date.parse('2026-11-23T12:01:00Z')],
    ['tokensPerDay', 'a day', Date.parse('2026-11-24T00:00:00Z')],
    ['tokensPerMonth', 'a month', Date.parse('2026-12-01T00:00:00Z')],
  ] as const)('starts %s again when %s is over', async (limit, _p, end) => {
    const request = requestOf(
      keyWith({ [limit]: limit === 'requestsPerMinute' ? 1 : 100 }),
      100,
    );
    expect(await admitted(limits, request, 2)).toHaveLength(1);
    now = end - 1;
    expect(await admitted(limits, request, 1)).toHaveLength(0);
    now = end;
    expect(await admitted(limits, request, 2)).toHaveLength(1);
  });

  it('gives back nothing into a later minute, and counts excess there', async () => {
    const key = keyWith({ tokensPerMinute: 1000 });
    const [early, late] = await admitted(limits, requestOf(key, 500), 2);
    now += 60_000;
    const [present] = await admitted(limits, requestOf(key, 900), 1);
    early.settle('nothing');
    expect(await admitted(limits, requestOf(key, 200), 1)).toHaveLength(0);
    late.settle(used(10, 540));
    expect(await admitted(limits, requestOf(key, 100), 1)).toHaveLength(0);
    present.settle('nothing');
    // 50 were used beyond the reservation of the minute before.
    expect(await admitted(limits, requestOf(key, 951), 1)).toHaveLength(0);
    expect(await admitted(limits, requestOf(key, 950), 1)).toHaveLength(1);
  });

  it('opens no new minute for a clock that is set back', async () => {
    const request = requestOf(keyWith({ requestsPerMinute: 1 }));
    expect(await admitted(limits, request, 1)).toHaveLength(1);
    now -= 120_000;
    expect(await admitted(limits, request, 1)).toHaveLength(0);
  });

  it('keeps what was used when limits change', async () => {
    const request = requestOf(keyWith({}), 100);
    limits.configure(configOf({ teams: { quant: { tokensPerDay: 1000 } } }));
    const running = await admitted(limits, request, 5);
    limits.configure(configOf({ teams: { quant: { tokensPerDay: 600 } } }));
    expect(await admitted(limits, request, 5)).toHaveLength(1);
    running.forEach(reservation => reservation.settle(used(0, 0)));
    expect(await admitted(limits, request, 9)).toHaveLength(5);
  });

  it('names the limit that keeps a request out for longest', async () => {
    const mia = person('user:default/mia');
    limits.configure(
      configOf({
        person: { tokensPerMonth: 150, requestsPerMinute: 1 },
        teams: { quant: { tokensPerDay: 120, concurrent: 1 } },
      }),
    );
    await admitted(limits, requestOf(mia), 1);
    const error = await refusalOf(limits, requestOf(mia));
    expect(error.message).toContain(
      "the person 'user:default/mia' on tokens per month",
    );
    expect(error.code).toBe('insufficient_quota');
  });

  it('says what is left in the headers of an answer', async () => {
    limits.configure(configOf({ teams: { quant: { requestsPerMinute: 2 } } }));
    const key = keyWith({ requestsPerMinute: 60, tokensPerMinute: 1000 });
    const first = await limits.admit(requestOf(key, 100));
    expect(first.headers).toEqual({
      'x-ratelimit-limit-requests': '2',
      'x-ratelimit-remaining-requests': '1',
      'x-ratelimit-reset-requests': '30s',
      'x-ratelimit-limit-tokens': '1000',
      'x-ratelimit-remaining-tokens': '900',
      'x-ratelimit-reset-tokens': '30s',
    });
  });
}
