import OpenAI, { RateLimitError } from 'openai';
import type { LimitSettings, LimitsSink, LimitsSource } from './limits';
import { readLimitsConfig } from './limits';
import {
  chatChunk,
  doneChunk,
  FakeUpstream,
  refusingOrigin,
  usageChunk,
} from './testing/FakeUpstream';
import {
  keyRecord,
  QUANT_KEY,
  routeTo,
  TestGateway,
} from './testing/TestGateway';

const NOW = Date.parse('2026-11-23T12:00:30Z');

/** A source whose content the test pushes. */
class PushedLimits implements LimitsSource {
  sink: LimitsSink | undefined;

  start(sink: LimitsSink) {
    this.sink = sink;
  }

  async stop() {}

  push(value: unknown) {
    const result = readLimitsConfig(value);
    if ('config' in result) {
      this.sink?.onLimits(result.config);
    } else {
      result.problems.forEach(problem => this.sink?.onProblem(problem));
    }
  }
}

// Real HTTP, on machines that have other work.
jest.setTimeout(30_000);

describe('usage limits of the gateway', () => {
  let upstream: FakeUpstream;
  let gateway: TestGateway;
  let source: PushedLimits;

  /** About 20 tokens of prompt, and as many of an answer. */
  const chatOf = (maxTokens: number, more: object = {}) => ({
    model: 'smol',
    messages: [],
    max_tokens: maxTokens,
    ...more,
  });

  function limitKey(limits: LimitSettings) {
    gateway.setKeys([keyRecord(QUANT_KEY, { limits })]);
  }

  function answerWith(promptTokens: number, completionTokens: number) {
    upstream.answer = response => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          usage: {
            prompt_tokens: promptTokens,
            completion_tokens: completionTokens,
          },
        }),
      );
    };
  }

  beforeEach(async () => {
    upstream = await FakeUpstream.start();
    source = new PushedLimits();
    gateway = await TestGateway.start({ usageLimits: source, now: () => NOW });
    gateway.setRoutes([routeTo(upstream.origin)]);
    source.push({});
  });

  afterEach(async () => {
    await gateway.stop();
    await upstream.stop();
  });

  it('keeps 100 requests at once within a budget', async () => {
    limitKey({ tokensPerDay: 1000 });
    answerWith(20, 80);
    const statuses = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const response = await gateway.chat(chatOf(80));
        await response.arrayBuffer();
        return response.status;
      }),
    );
    const passed = statuses.filter(status => status === 200);
    expect(upstream.received).toHaveLength(passed.length);
    // Each used 100 tokens.
    expect(passed.length * 100).toBeLessThanOrEqual(1000);
    expect(passed.length).toBeGreaterThanOrEqual(9);
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
  });

  it('reserves for each of the answers that are asked for, however long they may be', async () => {
    source.push({ models: { smol: { maxTokens: 100 } } });
    limitKey({ tokensPerDay: 1000 });
    const ask = (n: number) => gateway.chat({ model: 'smol', messages: [], n });
    expect((await (await ask(20)).json()).error.code).toBe(
      'insufficient_quota',
    );
    expect((await ask(5)).status).toBe(200);
  });

  it('answers a 429 in the shape of OpenAI, before the model is asked', async () => {
    limitKey({ requestsPerMinute: 1 });
    await gateway.chat(chatOf(10));
    const response = await gateway.chat(chatOf(10));
    expect(response.status).toBe(429);
    expect(await response.json()).toEqual({
      error: {
        message: expect.stringContaining('on requests per minute: limit 1'),
        type: 'requests',
        param: null,
        code: 'rate_limit_exceeded',
      },
    });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'retry-after': '30',
      'x-ratelimit-limit-requests': '1',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-requests': '30s',
    });
    expect(upstream.received).toHaveLength(1);
  });

  it.each([[false], [true]])(
    'says in an answer what is left (streamed: %p)',
    async stream => {
      limitKey({ requestsPerMinute: 60, tokensPerMinute: 100_000 });
      upstream.answer = response => {
        response.writeHead(200, {
          'content-type': stream ? 'text/event-stream' : 'application/json',
        });
        response.end(stream ? chatChunk('Hi') + doneChunk : '{}');
      };
      const response = await gateway.chat(chatOf(10, { stream }));
      expect(response.status).toBe(200);
      expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('59');
      expect(
        Number(response.headers.get('x-ratelimit-remaining-tokens')),
      ).toBeLessThan(100_000);
    },
  );

  it.each([[false], [true]])(
    'counts what the model really used (streamed: %p)',
    async stream => {
      limitKey({ tokensPerMinute: 1000 });
      answerWith(7, 3);
      if (stream) {
        upstream.answer = response => {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.end(chatChunk('Hi') + usageChunk + doneChunk);
        };
      }
      await (await gateway.chat(chatOf(900, { stream }))).text();
      const response = await gateway.chat(chatOf(900, { stream }));
      expect(response.status).toBe(200);
      await response.text();
      const { headers } = await gateway.chat(chatOf(980, { stream }));
      // Twice ten are used; the third is refused, as its prompt is more than nothing.
      expect(headers.get('x-ratelimit-remaining-tokens')).toBe('980');
    },
  );

  describe('a request that ends', () => {
    beforeEach(() => limitKey({ concurrent: 1 }));

    /** The next request's answer, as soon as it is admitted; 429 if it never is. */
    async function nextStatus() {
      upstream.answer = response => {
        response.setHeader('content-type', 'application/json');
        response.end('{}');
      };
      gateway.setRoutes([routeTo(upstream.origin)]);
      let status = 429;
      // The end of an exchange is told to the client first.
      for (let i = 0; i < 200 && status === 429; i += 1) {
        status = (await gateway.chat(chatOf(10))).status;
        await new Promise(resolve => setTimeout(resolve, 5));
      }
      return status;
    }

    it('makes room when it is answered', async () => {
      await (await gateway.chat(chatOf(10))).text();
      expect(await nextStatus()).toBe(200);
    });

    it('makes room when the model refuses it', async () => {
      upstream.answer = response => {
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end('{"error":{}}');
      };
      expect((await gateway.chat(chatOf(10))).status).toBe(400);
      expect(await nextStatus()).toBe(200);
    });

    it('makes room when the model breaks off', async () => {
      upstream.answer = response => {
        response.destroy();
      };
      expect((await gateway.chat(chatOf(10))).status).toBe(502);
      expect(await nextStatus()).toBe(200);
    });

    it('makes room when the model breaks off in a stream', async () => {
      upstream.answer = response => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(chatChunk('Hi'));
        setImmediate(() => response.destroy());
      };
      const response = await gateway.chat(chatOf(10, { stream: true }));
      expect(await response.text()).toContain('"error"');
      expect(await nextStatus()).toBe(200);
    });

    it('makes room when nothing listens', async () => {
      gateway.setRoutes([routeTo(await refusingOrigin())]);
      expect((await gateway.chat(chatOf(10))).status).toBe(502);
      expect(await nextStatus()).toBe(200);
    });

    it('makes room when its client leaves', async () => {
      upstream.answer = response => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(chatChunk('Hi'));
      };
      const { request, response } = gateway.rawChat(
        chatOf(10, { stream: true }),
      );
      await response;
      expect((await gateway.chat(chatOf(10))).status).toBe(429);
      request.on('error', () => {});
      request.destroy();
      expect(await nextStatus()).toBe(200);
    });
  });

  it('takes nothing for a request that no replica has seen', async () => {
    limitKey({ requestsPerMinute: 1, tokensPerDay: 200 });
    gateway.setRoutes([routeTo(await refusingOrigin())]);
    expect((await gateway.chat(chatOf(150))).status).toBe(502);
    gateway.setRoutes([routeTo(upstream.origin)]);
    expect((await gateway.chat(chatOf(150))).status).toBe(200);
  });

  it('counts what a client may have used that left', async () => {
    limitKey({ tokensPerDay: 1000 });
    upstream.answer = response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chatChunk('Hi'));
    };
    const received = upstream.nextRequest();
    const { request, response } = gateway.rawChat(
      chatOf(900, { stream: true }),
    );
    await response;
    request.on('error', () => {});
    request.destroy();
    await (
      await received
    ).aborted;
    const refused = await gateway.chat(chatOf(900));
    expect((await refused.json()).error.code).toBe('insufficient_quota');
  });

  it('takes over other limits at once, and none from a broken configuration', async () => {
    source.push({ teams: { quant: { requestsPerMinute: 0 } } });
    expect((await gateway.chat(chatOf(10))).status).toBe(429);
    source.push({ teams: { quant: { rpm: 5 } } });
    expect((await gateway.chat(chatOf(10))).status).toBe(429);
    expect(gateway.logLines.join('')).toContain('teams.quant');
    source.push({});
    expect((await gateway.chat(chatOf(10))).status).toBe(200);
  });

  it('is not ready before it has read a valid configuration, and says why', async () => {
    const limits = new PushedLimits();
    const starting = await TestGateway.start({ usageLimits: limits });
    starting.setRoutes([]);
    limits.push({ team: {} });
    const ready = await starting.get('/ready');
    expect(ready.status).toBe(503);
    expect(await ready.text()).toContain('Unrecognized key');
    limits.push({});
    expect((await starting.get('/ready')).status).toBe(200);
    limits.push({ team: {} });
    expect((await starting.get('/ready')).status).toBe(200);
    await starting.stop();
  });

  it('counts refusals by limit, never by who was refused', async () => {
    limitKey({ concurrent: 0 });
    source.push({ teams: { quant: { tokensPerDay: 0 } } });
    await gateway.chat(chatOf(10));
    source.push({});
    await gateway.chat(chatOf(10));
    await gateway.chat(chatOf(10));
    const lines = (await gateway.metrics())
      .split('\n')
      .filter(line => line.startsWith('llm_gateway_limit_rejections_total{'));
    expect(lines.map(line => line.replace(/service="[^"]*",?/, ''))).toEqual([
      expect.stringMatching(
        /scope="team",limit="tokensPerDay",team="quant".* 1$/,
      ),
      expect.stringMatching(/scope="key",limit="concurrent",team="quant".* 2$/),
    ]);
  });

  it('shows what teams and keys may use and have used, and no person', async () => {
    const standings = async (metric: string) =>
      Object.fromEntries(
        (await gateway.metrics())
          .split('\n')
          .filter(line => line.startsWith(`${metric}{`))
          .map(line => {
            const label = (name: string) =>
              new RegExp(`\\b${name}="([^"]*)"`).exec(line)?.[1];
            const value = Number(line.slice(line.lastIndexOf(' ')));
            return [
              ['scope', 'team', 'key', 'limit'].map(label).join(' '),
              value,
            ];
          }),
      );
    source.push({
      teams: { quant: { tokensPerDay: 1000, usdPerMonth: 5 }, eval: {} },
      person: { requestsPerMinute: 1 },
      models: { smol: { completionUsdPerMillion: 10_000 } },
    });
    limitKey({ requestsPerMinute: 60, concurrent: 2 });
    answerWith(20, 80);
    await (await gateway.chat(chatOf(80))).text();
    expect(await standings('llm_gateway_limit')).toEqual({
      'team quant  tokensPerDay': 1000,
      'team quant  usdPerMonth': 5,
      'key quant k1 requestsPerMinute': 60,
      'key quant k1 concurrent': 2,
    });
    expect(await standings('llm_gateway_limit_used')).toEqual({
      'team quant  tokensPerDay': 100,
      'team quant  usdPerMonth': 0.8,
      'key quant k1 requestsPerMinute': 1,
      'key quant k1 concurrent': 0,
    });
    gateway.setKeys([]);
    source.push({});
    expect(await standings('llm_gateway_limit')).toEqual({});
    expect(await standings('llm_gateway_limit_used')).toEqual({});
  });

  it("is a RateLimitError to OpenAI's client, which tries no budget again", async () => {
    limitKey({ tokensPerDay: 10 });
    let requests = 0;
    const client = new OpenAI({
      apiKey: QUANT_KEY,
      baseURL: `${gateway.url}/v1`,
      maxRetries: 3,
      fetch: (url, init) => {
        requests += 1;
        return fetch(url, init);
      },
    });
    const error = await client.chat.completions
      .create({ model: 'smol', messages: [], max_tokens: 100 })
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RateLimitError);
    expect((error as RateLimitError).code).toBe('insufficient_quota');
    expect(requests).toBe(1);
  });
});
