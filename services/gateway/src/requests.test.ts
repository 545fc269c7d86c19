import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { FakeUpstream, refusingOrigin } from './testing/FakeUpstream';
import { PushedRoutes, routeTo, TestGateway } from './testing/TestGateway';

// Real HTTP, on machines that have other work.
jest.setTimeout(30_000);

describe('requests to the gateway', () => {
  let upstream: FakeUpstream;
  let gateway: TestGateway;

  beforeEach(async () => {
    upstream = await FakeUpstream.start();
    gateway = await TestGateway.start({
      limits: { bodyBytes: 4096, requestMs: 1000 },
    });
    gateway.setRoutes([routeTo(upstream.origin)]);
  });

  afterEach(async () => {
    await gateway.stop();
    await upstream.stop();
  });

  async function errorOf(response: Response) {
    const { error } = await response.json();
    expect(error).toEqual({
      message: expect.any(String),
      type: expect.any(String),
      param: error.param,
      code: expect.any(String),
    });
    return [response.status, error.code];
  }

  it.each([
    ['nothing', '', 'invalid_json'],
    ['broken JSON', '{"model": "smol"', 'invalid_json'],
    ['a list', '[]', 'invalid_json'],
    ['null', 'null', 'invalid_json'],
    ['no model', '{}', 'missing_model'],
    ['an empty model', '{"model":""}', 'missing_model'],
    ['a model that is no text', '{"model":["smol"]}', 'missing_model'],
  ])('answers 400 to %s', async (_name, body, code) => {
    expect(await errorOf(await gateway.chat(body))).toEqual([400, code]);
    expect(upstream.received).toHaveLength(0);
  });

  it('does not repeat what it could not parse', async () => {
    const response = await gateway.chat('{"messages": a secret prompt');
    expect(await response.text()).not.toContain('secret');
    await gateway.stop();
    expect(gateway.logLines.join('')).not.toContain('secret');
    gateway = await TestGateway.start();
  });

  it('answers 413 to a body over the limit', async () => {
    const response = await gateway.chat({
      model: 'smol',
      prompt: 'x'.repeat(5000),
    });
    expect(await errorOf(response)).toEqual([413, 'request_too_large']);
    expect(upstream.received).toHaveLength(0);
  });

  it('answers 404 to an unknown path, an unknown model and a wrong method', async () => {
    expect(await errorOf(await gateway.get('/v1/nosuch'))).toEqual([
      404,
      'unknown_url',
    ]);
    expect(await errorOf(await gateway.get('/v1/chat/completions'))).toEqual([
      404,
      'unknown_url',
    ]);
    expect(await errorOf(await gateway.chat({ model: 'nosuch' }))).toEqual([
      404,
      'model_not_found',
    ]);
  });

  it('keeps names that clients invent out of the metrics', async () => {
    for (let i = 0; i < 20; i += 1) {
      await (await gateway.chat({ model: `invented-${i}` })).text();
      await (await gateway.get(`/v1/invented-${i}`)).text();
      await (await gateway.get(`/v1/models/invented-${i}`)).text();
    }
    const metrics = await gateway.metrics();
    expect(metrics).toContain('code="model_not_found"');
    expect(metrics).not.toContain('invented');
  });

  it('serves metrics on a port of their own only', async () => {
    const response = await fetch(`${gateway.url}/metrics`);
    expect(response.status).toBe(404);
    expect(await gateway.metrics()).toContain('llm_gateway_routes');
  });

  it('says why a model without ready replicas cannot answer', async () => {
    for (const [state, code] of [
      ['starting', 'model_starting'],
      ['scaled-to-zero', 'model_scaled_to_zero'],
      ['unavailable', 'model_unavailable'],
    ] as const) {
      gateway.setRoutes([routeTo([], { state })]);
      const response = await gateway.chat({ model: 'smol' });
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await errorOf(response)).toEqual([503, code]);
    }
  });

  it('serves and drops endpoints as the routes change', async () => {
    const other = await FakeUpstream.start();
    try {
      gateway.setRoutes([routeTo(other.origin)]);
      expect((await gateway.chat({ model: 'smol' })).status).toBe(200);
      expect(other.received).toHaveLength(1);
      gateway.setRoutes([routeTo(upstream.origin)]);
      expect((await gateway.chat({ model: 'smol' })).status).toBe(200);
      expect(upstream.received).toHaveLength(1);
    } finally {
      await other.stop();
    }
  });

  it('tries another endpoint where one refuses the connection', async () => {
    const dead = [await refusingOrigin(), await refusingOrigin()];
    gateway.setRoutes([routeTo([...dead, upstream.origin])]);
    for (let i = 0; i < 4; i += 1) {
      expect((await gateway.chat({ model: 'smol' })).status).toBe(200);
    }
    expect(upstream.received).toHaveLength(4);
  });

  it('answers 502 when no endpoint accepts a connection', async () => {
    gateway.setRoutes([routeTo(await refusingOrigin())]);
    expect(await errorOf(await gateway.chat({ model: 'smol' }))).toEqual([
      502,
      'upstream_unreachable',
    ]);
  });

  it('does not send a request twice that a model may have seen', async () => {
    const other = await FakeUpstream.start();
    try {
      const die: FakeUpstream['answer'] = response => {
        response.destroy();
      };
      upstream.answer = die;
      other.answer = die;
      gateway.setRoutes([routeTo([upstream.origin, other.origin])]);
      expect(await errorOf(await gateway.chat({ model: 'smol' }))).toEqual([
        502,
        'upstream_failed',
      ]);
      expect(upstream.received.length + other.received.length).toBe(1);
    } finally {
      await other.stop();
    }
  });

  it('sends a request to the endpoint with the fewest outstanding', async () => {
    const other = await FakeUpstream.start();
    try {
      const waiting: Array<() => void> = [];
      for (const server of [upstream, other]) {
        server.answer = async response => {
          await new Promise<void>(resolve => waiting.push(resolve));
          response.end('{}');
        };
      }
      gateway.setRoutes([routeTo([upstream.origin, other.origin])]);
      const answers: Array<Promise<Response>> = [];
      for (let i = 0; i < 6; i += 1) {
        const arrived = Promise.race([
          upstream.nextRequest(),
          other.nextRequest(),
        ]);
        answers.push(gateway.chat({ model: 'smol' }));
        await arrived;
      }
      expect(upstream.received).toHaveLength(3);
      expect(other.received).toHaveLength(3);
      waiting.forEach(finish => finish());
      await Promise.all(answers);
    } finally {
      await other.stop();
    }
  });

  it('gives up on a model that does not begin to answer', async () => {
    const impatient = await TestGateway.start({ limits: { firstByteMs: 50 } });
    try {
      impatient.setRoutes([routeTo(upstream.origin)]);
      upstream.answer = () => {};
      expect(await errorOf(await impatient.chat({ model: 'smol' }))).toEqual([
        504,
        'upstream_timeout',
      ]);
    } finally {
      await impatient.stop();
    }
  });

  it("passes a model's own 400 on as it is", async () => {
    const body = JSON.stringify({
      error: {
        message:
          "This model's maximum context length is 2048 tokens. However, your request has 9000 input tokens.",
        type: 'BadRequestError',
        param: null,
        code: 400,
      },
    });
    upstream.answer = response => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(body);
    };
    const response = await gateway.chat({ model: 'smol' });
    expect(response.status).toBe(400);
    expect(await response.text()).toBe(body);
  });

  it("does not pass off the model's refusal of the gateway as the caller's", async () => {
    upstream.answer = response => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end('{"error":"Unauthorized"}');
    };
    expect(await errorOf(await gateway.chat({ model: 'smol' }))).toEqual([
      502,
      'upstream_failed',
    ]);
  });

  it('gives an error page of the upstream the shape of OpenAI', async () => {
    upstream.answer = response => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('Internal Server Error');
    };
    expect(await errorOf(await gateway.chat({ model: 'smol' }))).toEqual([
      502,
      'upstream_failed',
    ]);
  });

  it('passes on what it is told to and nothing about the upstream', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    upstream.answer = response => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'x-llm-platform-simulated': 'answer',
        server: 'uvicorn',
        'set-cookie': 'a=b',
      });
      response.end('{}');
    };
    const response = await gateway.chat(
      { model: 'smol' },
      {
        headers: {
          'x-request-id': 'my-id-1',
          traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
        },
      },
    );
    expect(response.headers.get('x-llm-platform-simulated')).toBe('answer');
    expect(response.headers.get('x-request-id')).toBe('my-id-1');
    expect(response.headers.get('server')).toBeNull();
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(upstream.received[0].headers).toMatchObject({
      'x-request-id': 'my-id-1',
      traceparent: expect.stringContaining(traceId),
      'content-type': 'application/json',
    });
  });

  it('gives a request id of its own instead of a harmful one', async () => {
    const response = await gateway.get('/v1/models', {
      'x-request-id': 'x"} {"level":"error',
    });
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('renames the model for an upstream that calls it something else', async () => {
    gateway.setRoutes([routeTo(upstream.origin, { servedName: 'org/Smol' })]);
    await gateway.chat(
      '{ "x":{"model":"smol"}, "model" :"smol" , "n":1.0, "model":\t"smol"}',
    );
    expect(upstream.received[0].body).toBe(
      '{ "x":{"model":"smol"}, "model" :"org/Smol" , "n":1.0, "model":\t"org/Smol"}',
    );
  });

  it('serves completions and embeddings too', async () => {
    for (const path of ['/v1/completions', '/v1/embeddings']) {
      const response = await fetch(`${gateway.url}${path}`, {
        method: 'POST',
        headers: { 'x-api-key': 'sk-llmp-quant-key-of-this-test' },
        body: '{"model":"smol"}',
      });
      expect(response.status).toBe(200);
    }
    expect(upstream.received.map(request => request.path)).toEqual([
      '/v1/completions',
      '/v1/embeddings',
    ]);
  });

  it('finds a model whose name holds a slash', async () => {
    gateway.setRoutes([routeTo(upstream.origin, { name: 'org/smol' })]);
    for (const path of ['/v1/models/org/smol', '/v1/models/org%2Fsmol']) {
      const response = await gateway.get(path);
      expect(await response.json()).toEqual({
        id: 'org/smol',
        object: 'model',
        created: 1_700_000_000,
        owned_by: 'quant',
        state: 'ready',
      });
    }
  });

  it('answers what is no HTTP', async () => {
    async function exchange(text: string): Promise<string> {
      const { port } = gateway.gateway.app.server.address() as AddressInfo;
      const socket = net.connect(port, '127.0.0.1');
      socket.write(text);
      let answer = '';
      for await (const chunk of socket) {
        answer += chunk;
      }
      return answer;
    }
    expect(await exchange('NONSENSE\r\n\r\n')).toMatch(
      /^HTTP\/1.1 400 .*"code":"bad_request"/s,
    );
    expect(
      await exchange(`GET / HTTP/1.1\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`),
    ).toMatch(/^HTTP\/1.1 431 .*"code":"headers_too_large"/s);
  });
});

describe('a gateway that is starting', () => {
  it('is ready once routes and credentials were read, and refuses until then', async () => {
    const routes = new PushedRoutes();
    const gateway = await TestGateway.start({ routes });
    try {
      expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
      expect((await fetch(`${gateway.url}/startup`)).status).toBe(200);
      expect((await fetch(`${gateway.url}/ready`)).status).toBe(503);
      const early = await gateway.get('/v1/models');
      expect(early.status).toBe(503);
      expect((await early.json()).error.code).toBe('not_ready');

      routes.sink?.onRoutes([]);
      expect((await fetch(`${gateway.url}/ready`)).status).toBe(200);
      expect((await gateway.get('/v1/models')).status).toBe(200);

      gateway.gateway.health.drain();
      expect((await fetch(`${gateway.url}/ready`)).status).toBe(503);
      expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
    } finally {
      await gateway.stop();
    }
  });
});
