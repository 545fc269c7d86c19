import {
  chatChunk,
  doneChunk,
  FakeUpstream,
  refusingOrigin,
} from './testing/FakeUpstream';
import {
  keyRecord,
  QUANT_KEY,
  routeTo,
  TestGateway,
} from './testing/TestGateway';

// Real HTTP, on machines that have other work.
jest.setTimeout(30_000);

describe('routing', () => {
  let upstreams: FakeUpstream[];
  let gateway: TestGateway;

  beforeEach(async () => {
    upstreams = await Promise.all([1, 2, 3].map(() => FakeUpstream.start()));
    gateway = await TestGateway.start({
      // Longer than any test.
      outliers: {
        failures: 5,
        firstEjectionMs: 600_000,
        longestEjectionMs: 600_000,
      },
    });
  });

  afterEach(async () => {
    await gateway.stop();
    await Promise.all(upstreams.map(upstream => upstream.stop()));
  });

  const origins = () => upstreams.map(upstream => upstream.origin);
  const counts = () => upstreams.map(upstream => upstream.received.length);
  const used = () => counts().filter(count => count > 0).length;

  async function ask(
    body: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    const response = await gateway.chat(
      { model: 'smol', ...body },
      { headers },
    );
    const text = await response.text();
    return { status: response.status, headers: response.headers, text };
  }

  describe('with affinity', () => {
    it('sends a session to one replica, and others to others', async () => {
      gateway.setRoutes([routeTo(origins(), { affinity: 'session' })]);
      for (let i = 0; i < 6; i += 1) {
        await ask({}, { 'x-session-id': 'talk-1' });
      }
      expect(used()).toBe(1);
      for (let i = 0; i < 20; i += 1) {
        await ask({}, { 'x-session-id': `other-${i}` });
      }
      expect(used()).toBe(3);
      expect(JSON.stringify(upstreams.map(u => u.received))).not.toContain(
        'talk-1',
      );
    });

    it('sends a session elsewhere whose replica refuses', async () => {
      gateway.setRoutes([
        routeTo([await refusingOrigin(), origins()[0]], {
          affinity: 'session',
        }),
      ]);
      const retries = async () =>
        Number(
          (await gateway.metric(/^llm_gateway_retries_total\{/))
            ?.split(' ')
            .at(-1) ?? 0,
        );
      // Every other one prefers the replica that isn't there.
      for (let i = 0; i < 50 && (await retries()) === 0; i += 1) {
        const answer = await ask({}, { 'x-session-id': `talk-${i}` });
        expect(answer.status).toBe(200);
      }
      expect(await retries()).toBe(1);
    });

    it('takes turns where a request names no session', async () => {
      gateway.setRoutes([routeTo(origins(), { affinity: 'session' })]);
      for (let i = 0; i < 6; i += 1) {
        await ask();
      }
      expect(counts()).toEqual([2, 2, 2]);
    });

    it('sends prompts that begin alike to one replica', async () => {
      gateway.setRoutes([routeTo(origins(), { affinity: 'prefix' })]);
      const talk = [
        { role: 'system', content: 'You are terse.' },
        { role: 'user', content: 'Capital of France?' },
      ];
      for (let i = 0; i < 6; i += 1) {
        talk.push({ role: 'assistant', content: `answer ${i}` });
        await ask({ messages: talk });
      }
      expect(used()).toBe(1);
      for (let i = 0; i < 20; i += 1) {
        await ask({ messages: [{ role: 'user', content: `Question ${i}` }] });
      }
      expect(used()).toBe(3);
    });
  });

  describe('around endpoints that fail', () => {
    const failing: FakeUpstream['answer'] = response => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end('{"error":{"message":"CUDA error","code":500}}');
    };

    beforeEach(() => gateway.setRoutes([routeTo(origins())]));

    it('leaves one out that fails time after time', async () => {
      upstreams[1].answer = failing;
      for (let i = 0; i < 15; i += 1) {
        await ask();
      }
      expect(upstreams[1].received).toHaveLength(5);
      for (let i = 0; i < 6; i += 1) {
        expect((await ask()).status).toBe(200);
      }
      expect(upstreams[1].received).toHaveLength(5);
      expect(await gateway.metric(/ejections_total\{model="smol"/)).toMatch(
        / 1$/,
      );
      expect(
        await gateway.metric(/^llm_gateway_endpoints.*state="ejected"/),
      ).toMatch(/ 1$/);
    });

    it('leaves one out whose streams break', async () => {
      gateway.setRoutes([routeTo(origins().slice(0, 2))]);
      upstreams[0].answer = response => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(chatChunk('Par'), () =>
          setImmediate(() => response.destroy()),
        );
      };
      for (let i = 0; i < 16; i += 1) {
        await ask({ stream: true });
      }
      expect(upstreams[0].received).toHaveLength(5);
    });

    it('uses them all where all fail', async () => {
      upstreams.forEach(upstream => {
        upstream.answer = failing;
      });
      for (let i = 0; i < 30; i += 1) {
        expect((await ask()).status).toBe(500);
      }
      // One of three may be left out, two are more than half.
      expect(counts().filter(count => count === 5)).toHaveLength(1);
    });

    it('does not blame an endpoint for the requests of a client', async () => {
      upstreams.forEach(upstream => {
        upstream.answer = response => {
          response.writeHead(400, { 'content-type': 'application/json' });
          response.end('{"error":{"message":"too long","code":400}}');
        };
      });
      for (let i = 0; i < 30; i += 1) {
        await ask();
      }
      expect(counts()).toEqual([10, 10, 10]);
    });

    it('tries again only within a budget', async () => {
      gateway.setRoutes([
        routeTo([await refusingOrigin(), await refusingOrigin()]),
      ]);
      const answers = await Promise.all(
        Array.from({ length: 120 }, () => ask()),
      );
      expect(new Set(answers.map(answer => answer.status))).toEqual(
        new Set([502]),
      );
      const count = async (line: RegExp) =>
        Number((await gateway.metric(line))?.split(' ').at(-1));
      const retries = await count(/^llm_gateway_retries_total/);
      // 20 % of the requests, or three per second over ten.
      expect(retries).toBe(30);
      expect(await count(/^llm_gateway_retries_over_budget_total/)).toBe(
        120 - retries,
      );
    });
  });

  describe('to a fallback', () => {
    const large = (to: string[], over = {}) =>
      routeTo(to, { name: 'large', fallback: 'small', ...over });
    const small = (to: string[], over = {}) =>
      routeTo(to, { name: 'small', servedName: 'org/Small', ...over });
    const askLarge = () => ask({ model: 'large' });

    it('where the route has no ready endpoint', async () => {
      gateway.setRoutes([
        large([], { state: 'scaled-to-zero' }),
        small([origins()[0]]),
      ]);
      const answer = await askLarge();
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-llm-platform-fallback')).toBe('small');
      expect(upstreams[0].received[0].body).toBe('{"model":"org/Small"}');
      expect(
        await gateway.metric(/fallbacks_total\{model="large",fallback="small"/),
      ).toMatch(/ 1$/);
    });

    it('where none of its endpoints accepts a connection', async () => {
      gateway.setRoutes([
        large([await refusingOrigin(), await refusingOrigin()]),
        small([origins()[0]]),
      ]);
      const answer = await askLarge();
      expect(answer.status).toBe(200);
      expect(answer.headers.get('x-llm-platform-fallback')).toBe('small');
      expect(
        await gateway.metric(
          /upstream_failures_total\{model="large",code="upstream_unreachable"/,
        ),
      ).toMatch(/ 1$/);
    });

    it('in a stream too', async () => {
      upstreams[0].answer = response => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(chatChunk('Paris') + doneChunk);
      };
      gateway.setRoutes([large([]), small([origins()[0]])]);
      const answer = await ask({ model: 'large', stream: true });
      expect(answer.headers.get('x-llm-platform-fallback')).toBe('small');
      expect(answer.text).toBe(chatChunk('Paris') + doneChunk);
    });

    it('not where the model has seen the request', async () => {
      upstreams[0].answer = response => {
        response.destroy();
      };
      gateway.setRoutes([large([origins()[0]]), small([origins()[1]])]);
      expect((await askLarge()).status).toBe(502);
      expect(counts()).toEqual([1, 0, 0]);
    });

    it('not where the credential may not use it', async () => {
      gateway.setKeys([keyRecord(QUANT_KEY, { models: ['large'] })]);
      gateway.setRoutes([
        large([], { state: 'scaled-to-zero' }),
        small([origins()[0]]),
      ]);
      const answer = await askLarge();
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('60');
      expect(answer.text).toContain('model_scaled_to_zero');
      expect(answer.headers.get('x-llm-platform-fallback')).toBeNull();
      expect(counts()).toEqual([0, 0, 0]);
    });

    it.each([
      ['is not there', () => []],
      ['has no endpoint either', () => [small([])]],
      ['is a team service', () => [small([origins()[0]], { kind: 'service' })]],
    ])('not where that %s', async (_name, others) => {
      gateway.setRoutes([large([], { state: 'starting' }), ...others()]);
      const answer = await askLarge();
      expect(answer.status).toBe(503);
      expect(answer.text).toContain('model_starting');
    });

    it('is not asked again where it refuses too', async () => {
      gateway.setRoutes([
        large([], {}),
        small([await refusingOrigin()], { fallback: 'large' }),
      ]);
      const answer = await askLarge();
      expect(answer.status).toBe(502);
      expect(answer.text).toContain('upstream_unreachable');
      expect(answer.headers.get('x-llm-platform-fallback')).toBe('small');
    });
  });
});

describe('time limits', () => {
  let upstream: FakeUpstream;
  let gateway: TestGateway;

  async function start(limits: Record<string, number>) {
    gateway = await TestGateway.start({ limits });
    gateway.setRoutes([routeTo(upstream.origin)]);
  }

  beforeEach(async () => {
    upstream = await FakeUpstream.start();
  });

  afterEach(async () => {
    await gateway.stop();
    await upstream.stop();
  });

  it('end a stream that goes on for too long with an error event', async () => {
    await start({ totalMs: 200, idleMs: 5000 });
    upstream.answer = async response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      while (!response.destroyed) {
        response.write(chatChunk('and on'));
        await new Promise(resolve => setTimeout(resolve, 20));
      }
    };
    const arrived = upstream.nextRequest();
    const response = await gateway.chat({ model: 'smol', stream: true });
    const text = await response.text();
    expect(text).toContain(chatChunk('and on'));
    expect(text).toMatch(
      /data: \{"error":.*"code":"upstream_timeout".*\}\n\n$/,
    );
    await (
      await arrived
    ).aborted;
  });

  it('give up on an answer as a whole', async () => {
    await start({ totalMs: 50 });
    upstream.answer = () => {};
    const response = await gateway.chat({ model: 'smol' });
    expect(response.status).toBe(504);
    expect((await response.json()).error.code).toBe('upstream_timeout');
  });

  it('give the first event as long as a first byte, not as a pause', async () => {
    await start({ connectMs: 300, firstByteMs: 5000, idleMs: 300 });
    upstream.answer = async response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      await new Promise(resolve => setTimeout(resolve, 900));
      response.end(doneChunk);
    };
    const response = await gateway.chat({ model: 'smol', stream: true });
    expect(await response.text()).toBe(doneChunk);
  });

  it('end a stream whose first event never comes', async () => {
    await start({ firstByteMs: 100 });
    upstream.answer = response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
    };
    const response = await gateway.chat({ model: 'smol', stream: true });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('"code":"upstream_timeout"');
  });

  it('do not run while the client holds the model back', async () => {
    await start({ idleMs: 500 });
    const event = `data: ${'x'.repeat(64 * 1024)}\n\n`;
    const events = 400;
    upstream.answer = async response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let i = 0; i < events; i += 1) {
        if (!response.write(event)) {
          await new Promise(resolve => response.once('drain', resolve));
        }
      }
      response.end(doneChunk);
    };
    const response = await gateway.rawChat({ model: 'smol', stream: true })
      .response;
    response.pause();
    await new Promise(resolve => setTimeout(resolve, 1500));
    let bytes = 0;
    for await (const chunk of response) {
      bytes += chunk.length;
    }
    expect(bytes).toBe(events * event.length + doneChunk.length);
  });
});
