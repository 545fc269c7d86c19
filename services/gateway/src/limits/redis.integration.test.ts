import { createLogger } from '@llm-platform/service-kit';
import { Redis } from 'ioredis';
import { Registry } from 'prom-client';
import { RedisServer } from '../testing/RedisServer';
import { Limits } from './Limits';
import { limitBehaviour } from './testing/limitBehaviour';
import {
  admitted,
  configOf,
  keyWith,
  NOON,
  refusalOf,
  requestOf,
} from './testing/requests';
import { watchedLimits, type WatchedLimits } from './watchedLimits';

/** Limits of one replica that tell when they are shared and when not. */
class Replica {
  readonly lines: string[] = [];
  readonly registry = new Registry();
  readonly watched: WatchedLimits;

  constructor(
    url: string,
    options: {
      now?: () => number;
      whenAway?: 'open' | 'closed';
      config?: unknown;
    } = {},
  ) {
    const { now = () => NOON, whenAway = 'open', config = {} } = options;
    this.watched = watchedLimits({
      logger: createLogger({
        service: 'gateway',
        destination: { write: line => this.lines.push(line) },
      }),
      registry: this.registry,
      now,
      keys: () => [],
      shared: { url, whenAway },
      source: {
        start: sink => sink.onLimits(configOf(config)),
        async stop() {},
      },
    });
    this.watched.start(() => {});
  }

  get admission() {
    return this.watched.admission;
  }

  async shared(): Promise<number> {
    const metric = this.registry.getSingleMetric('llm_gateway_limits_shared');
    return (await metric!.get()).values[0]?.value ?? NaN;
  }

  /** Waits until it shares its counters, or no longer does. */
  async until(shared: 0 | 1): Promise<void> {
    while ((await this.shared()) !== shared) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
  }

  /** The messages of its log, which are about sharing only. */
  get messages(): string[] {
    return this.lines.map(line => JSON.parse(line).msg);
  }
}

const used = (promptTokens: number, completionTokens: number) => ({
  promptTokens,
  completionTokens,
});

describe('limits shared in a real Redis', () => {
  let server: RedisServer;
  let admin: Redis;
  const replicas: Replica[] = [];

  async function replica(
    options: ConstructorParameters<typeof Replica>[1] = {},
  ): Promise<Replica> {
    const made = new Replica(server.url, options);
    replicas.push(made);
    await made.until(1);
    return made;
  }

  beforeAll(async () => {
    server = await RedisServer.start();
  });

  beforeEach(async () => {
    admin = new Redis(server.url);
    await admin.flushall();
  });

  afterEach(async () => {
    await Promise.all(replicas.splice(0).map(r => r.watched.stop()));
    admin.disconnect();
  });

  afterAll(() => server.stop());

  describe('behave as in memory:', () => {
    limitBehaviour(
      options =>
        new Promise(resolve => {
          const limits: Limits = new Limits({
            ...options,
            shared: { url: server.url, whenAway: 'open' },
            onSharing: ({ shared }) => shared && resolve(limits),
          });
        }),
    );
  });

  it('are one limit for all replicas, also in a race', async () => {
    const both = [await replica(), await replica()];
    const key = keyWith({ tokensPerDay: 1000, concurrent: 50 });
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, i) =>
        (async () => both[i % 2].admission.admit(requestOf(key, 100)))(),
      ),
    );
    const reservations = results.flatMap(result =>
      result.status === 'fulfilled' ? [result.value] : [],
    );
    expect(reservations).toHaveLength(10);
    // What one replica settles, the other one may use.
    reservations.forEach(reservation => reservation.settle(used(10, 0)));
    await admin.ping();
    for (const one of both) {
      const error = await refusalOf(one.admission, requestOf(key, 950));
      expect(error.message).toContain('left 900');
    }
    expect(
      await admitted(both[0].admission, requestOf(key, 450), 3),
    ).toHaveLength(2);
  });

  it('free what a replica held that was killed', async () => {
    const key = keyWith({ concurrent: 1 });
    const [dying, other] = [await replica(), await replica()];
    await dying.admission.admit(requestOf(key));
    expect(await admitted(other.admission, requestOf(key), 1)).toHaveLength(0);
    // Nobody renews the lease: its end is brought forward instead of waited for.
    const set = 'llm-platform:{gateway-limits}:key:k1:running';
    const [lease, end] = await admin.zrange(set, '0', '-1', 'WITHSCORES');
    expect(Number(end) - Date.now()).toBeLessThan(31_000);
    await admin.zadd(set, Date.now() - 1, lease);
    expect(await admitted(other.admission, requestOf(key), 2)).toHaveLength(1);
  });

  it('leave nothing in Redis for ever', async () => {
    const one = await replica({
      config: { teams: { quant: { usdPerMonth: 1 } } },
    });
    await one.admission.admit(
      requestOf(keyWith({ requestsPerMinute: 5, concurrent: 5 })),
    );
    const keys = await admin.keys('*');
    expect(keys.length).toBeGreaterThanOrEqual(3);
    for (const key of keys) {
      expect(await admin.pttl(key)).toBeGreaterThan(0);
    }
  });

  it('keep a budget while it is not set', async () => {
    const one = await replica();
    await one.admission.admit(requestOf(keyWith({ tokensPerMonth: 100 })));
    await one.admission.admit(requestOf(keyWith({ requestsPerMinute: 5 })));
    const hash = 'llm-platform:{gateway-limits}:key:k1';
    expect(await admin.pttl(hash)).toBeGreaterThan(31 * 24 * 3_600_000);
    await refusalOf(one.admission, requestOf(keyWith({ tokensPerMonth: 100 })));
  });

  describe('when Redis is gone and comes back', () => {
    it('go on with what this replica knows, say so once, and tell Redis afterwards', async () => {
      const both = [await replica(), await replica()];
      const key = keyWith({ tokensPerDay: 1000 });
      await admitted(both[0].admission, requestOf(key, 100), 3);
      // The second knows of the first one's by its own request.
      const [early] = await admitted(both[1].admission, requestOf(key, 100), 1);

      await server.kill();
      await Promise.all(both.map(one => one.until(0)));
      // 400 are used as far as the second knows, 300 as the first does.
      expect(
        await admitted(both[1].admission, requestOf(key, 100), 9),
      ).toHaveLength(6);
      const [late] = await admitted(both[0].admission, requestOf(key, 100), 1);
      early.settle(used(10, 40));
      late.settle('nothing');
      // Long enough for some of its tries to reach Redis, which are no news.
      await new Promise(resolve => setTimeout(resolve, 1000));

      await server.restart();
      await Promise.all(both.map(one => one.until(1)));
      // Redis came back empty and was told all of it: 950.
      const error = await refusalOf(both[0].admission, requestOf(key, 100));
      expect(error.message).toContain('left 50');
      for (const one of both) {
        expect(one.messages).toEqual([
          'counters of limits are shared in Redis',
          'Redis is away: this replica counts limits alone until it is back',
          'counters of limits are shared in Redis',
        ]);
      }
    });

    it('add up what replicas counted alone, where Redis forgot nothing', async () => {
      const both = [await replica(), await replica()];
      const key = keyWith({ tokensPerDay: 1000 });
      await admitted(both[0].admission, requestOf(key, 100), 1);
      await admitted(both[1].admission, requestOf(key, 100), 1);
      server.pause();
      // Each asks Redis once and waits half a second for it.
      await Promise.all(
        both.map(one => admitted(one.admission, requestOf(key, 100), 2)),
      );
      expect(await Promise.all(both.map(one => one.shared()))).toEqual([0, 0]);
      server.resume();
      await Promise.all(both.map(one => one.until(1)));
      const error = await refusalOf(both[0].admission, requestOf(key, 990));
      // 600, and at most what Redis did late of what was given up.
      const left = Number(/left (\d+)/.exec(error.message)?.[1]);
      expect(left).toBeLessThanOrEqual(400);
      expect(left).toBeGreaterThanOrEqual(200);
    });

    it('know again what is running', async () => {
      const one = await replica();
      const key = keyWith({ concurrent: 3 });
      const [early] = await admitted(one.admission, requestOf(key), 2);
      await server.kill();
      await one.until(0);
      expect(await admitted(one.admission, requestOf(key), 5)).toHaveLength(1);
      early.settle(used(1, 1));
      await server.restart();
      const other = await replica();
      await one.until(1);
      expect(await admitted(other.admission, requestOf(key), 5)).toHaveLength(
        1,
      );
    });

    it('keep every promise of requests that were being admitted', async () => {
      const one = await replica();
      const key = keyWith({ tokensPerDay: 1000 });
      server.pause();
      const waiting = Array.from({ length: 20 }, async () =>
        one.admission.admit(requestOf(key, 100)),
      );
      await new Promise(resolve => setTimeout(resolve, 50));
      await server.kill();
      const results = await Promise.allSettled(waiting);
      expect(results.filter(r => r.status === 'fulfilled')).toHaveLength(10);
      await server.restart();
      await one.until(1);
    });

    it('refuse what they cannot check, where they fail closed', async () => {
      const one = await replica({ whenAway: 'closed' });
      await server.kill();
      await one.until(0);
      const error = await refusalOf(
        one.admission,
        requestOf(keyWith({ tokensPerDay: 1000 })),
      );
      expect([error.status, error.code]).toEqual([503, 'limits_unavailable']);
      expect(error.headers['retry-after']).toBe('5');
      // Who has no limits needs no counter.
      await one.admission.admit(requestOf(keyWith({})));
      await server.restart();
      await one.until(1);
      await one.admission.admit(requestOf(keyWith({ tokensPerDay: 1000 })));
    });

    it('start without it, and share as soon as it is there', async () => {
      await server.kill();
      const one = new Replica(server.url);
      replicas.push(one);
      const key = keyWith({ tokensPerDay: 1000 });
      expect(
        await admitted(one.admission, requestOf(key, 100), 20),
      ).toHaveLength(10);
      await one.until(0);
      await server.restart();
      await one.until(1);
      await refusalOf(one.admission, requestOf(key, 100));
    });
  });

  it('never log the password', async () => {
    const one = await replica();
    await server.kill();
    await one.until(0);
    await server.restart();
    await one.until(1);
    const stranger = new Replica(server.url.replace('-of-', '-by-'));
    replicas.push(stranger);
    await stranger.until(0);
    const logged = [...one.lines, ...stranger.lines].join('');
    expect(logged).toContain('Redis is away');
    expect(logged).not.toContain('password-');
  });
});
