import { FakeUpstream, refusingOrigin } from './testing/FakeUpstream';
import {
  keyRecord,
  QUANT_KEY,
  routeTo,
  TestGateway,
} from './testing/TestGateway';

const ANSWER = JSON.stringify({
  generated_text: 'Paris',
  model_version: 'smol',
  latency_ms: 5,
  correlation_id: 'id-1',
});

// Real HTTP, on machines that have other work.
jest.setTimeout(30_000);

describe('team services behind the gateway', () => {
  let upstream: FakeUpstream;
  let gateway: TestGateway;

  beforeEach(async () => {
    upstream = await FakeUpstream.start();
    upstream.answer = response => {
      response.setHeader('content-type', 'application/json');
      response.end(ANSWER);
    };
    gateway = await TestGateway.start({ limits: { bodyBytes: 4096 } });
    gateway.setRoutes([serviceTo(upstream.origin)]);
  });

  afterEach(async () => {
    await gateway.stop();
    await upstream.stop();
  });

  function serviceTo(
    origins: string | string[],
    over: Parameters<typeof routeTo>[1] = {},
  ) {
    return routeTo(origins, { kind: 'service', name: 'quant', ...over });
  }

  function predict(
    body: string,
    options: { path?: string; headers?: Record<string, string> } = {},
  ) {
    return fetch(`${gateway.url}${options.path ?? '/api/quant/predict'}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${QUANT_KEY}`,
        'content-type': 'application/json',
        ...options.headers,
      },
      body,
    });
  }

  async function errorOf(response: Response) {
    const body = await response.json();
    expect(body).toEqual({
      error: expect.any(String),
      message: expect.any(String),
      request_id: response.headers.get('x-request-id'),
    });
    return [response.status, body.error];
  }

  it('get the request as it came, without the credential, and answer as they do', async () => {
    const body = '{ "inputs": "Capital of France?", "parameters": {"t": 1.0} }';
    const response = await predict(body, {
      headers: { 'x-request-id': 'id-1' },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-request-id')).toBe('id-1');
    expect(await response.text()).toBe(ANSWER);
    expect(upstream.received).toHaveLength(1);
    const [received] = upstream.received;
    expect(received.path).toBe('/predict');
    expect(received.body).toBe(body);
    expect(received.headers).toMatchObject({
      'x-request-id': 'id-1',
      traceparent: expect.stringMatching(
        /^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/,
      ),
    });
    expect(JSON.stringify(received.headers)).not.toContain(QUANT_KEY);
  });

  it('have endpoints of their own, which are passed on with their method', async () => {
    const call = (method: string, path: string, body?: string) =>
      fetch(`${gateway.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${QUANT_KEY}`,
          'last-event-id': '7',
        },
        ...(body !== undefined && { body }),
      });
    await call('POST', '/api/quant/compare', '{"prompt":"hi"}');
    await call('GET', '/api/quant/evaluations/e-1?format=md&x=%2F');
    await call('DELETE', '/api/quant/evaluations/e-1');
    expect(
      upstream.received.map(({ method, path, body, headers }) => [
        method,
        path,
        body,
        headers['content-type'],
        headers['last-event-id'],
        headers.authorization,
      ]),
    ).toEqual([
      [
        'POST',
        '/compare',
        '{"prompt":"hi"}',
        'application/json',
        '7',
        undefined,
      ],
      [
        'GET',
        '/evaluations/e-1?format=md&x=%2F',
        '',
        undefined,
        '7',
        undefined,
      ],
      ['DELETE', '/evaluations/e-1', '', undefined, '7', undefined],
    ]);
  });

  it('stream events of their own, which need no [DONE]', async () => {
    const events = 'id: 1\ndata: {"done":1}\n\nid: 2\ndata: {"done":2}\n\n';
    upstream.answer = response => {
      response.setHeader('content-type', 'text/event-stream');
      response.end(events);
    };
    const response = await gateway.get('/api/quant/evaluations/e-1/events');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(await response.text()).toBe(events);
  });

  it('are reserved for as their bodies allow, and what they say they used is not believed', async () => {
    const limit = (tokensPerDay: number) =>
      gateway.setKeys([keyRecord(QUANT_KEY, { limits: { tokensPerDay } })]);
    const body = '{"inputs":"hi","parameters":{"max_tokens":900}}';
    upstream.answer = response => {
      response.setHeader('content-type', 'text/markdown');
      response.end('"usage":{"prompt_tokens":0,"completion_tokens":0}');
    };
    limit(900);
    for (const path of ['/api/quant/predict', '/api/quant/compare']) {
      expect(await errorOf(await predict(body, { path }))).toEqual([
        429,
        'insufficient_quota',
      ]);
    }
    limit(1000);
    expect((await predict(body, { path: '/api/quant/compare' })).status).toBe(
      200,
    );
    expect((await predict(body, { path: '/api/quant/compare' })).status).toBe(
      429,
    );
    expect(await gateway.metrics()).not.toContain('llm_gateway_tokens_total{');
  });

  it.each([
    '/api/quant/%2e%2e/secret',
    '/api/quant/a%2Fb',
    '/api/quant//twice',
    '/api/quant/a%20b',
  ])('are not asked for %s', async path => {
    expect(await errorOf(await gateway.get(path))).toEqual([
      404,
      'unknown_url',
    ]);
    expect(upstream.received).toEqual([]);
  });

  it('of another team keep their own endpoints to that team', async () => {
    gateway.setKeys([keyRecord(QUANT_KEY, { models: ['*'], team: 'eval' })]);
    expect(await errorOf(await gateway.get('/api/quant/evaluations'))).toEqual([
      404,
      'service_not_found',
    ]);
  });

  it('are no models, and models are no services', async () => {
    gateway.setRoutes([
      serviceTo(upstream.origin),
      routeTo(upstream.origin, { name: 'smol' }),
    ]);
    const list = await (await gateway.get('/v1/models')).json();
    expect(list.data.map((m: { id: string }) => m.id)).toEqual(['smol']);
    expect((await gateway.chat({ model: 'quant' })).status).toBe(404);
    expect(
      await errorOf(await predict('{}', { path: '/api/smol/predict' })),
    ).toEqual([404, 'service_not_found']);
  });

  it('are called by the rule of models, under the name api/<route>', async () => {
    const codeWith = async (models: string[], team = 'quant') => {
      gateway.setKeys([keyRecord(QUANT_KEY, { models, team })]);
      const response = await predict('{}');
      return response.ok ? 200 : (await response.json()).error;
    };
    expect(await codeWith(['*'])).toBe(200);
    expect(await codeWith(['api/quant'])).toBe(200);
    expect(await codeWith(['quant'])).toBe('service_not_allowed');
    expect(await codeWith(['*'], 'eval')).toBe('service_not_found');
    expect(await codeWith(['api/quant'], 'eval')).toBe(200);
  });

  it('give errors the shape of /api, whatever stage they come from', async () => {
    expect(
      await errorOf(
        await predict('{}', { headers: { authorization: 'Bearer nonsense' } }),
      ),
    ).toEqual([401, 'invalid_api_key']);
    expect(await errorOf(await predict('{"inputs"'))).toEqual([
      400,
      'invalid_json',
    ]);
    expect(await errorOf(await predict(''))).toEqual([400, 'invalid_json']);
    expect(
      await errorOf(
        await predict(JSON.stringify({ inputs: 'x'.repeat(5000) })),
      ),
    ).toEqual([413, 'request_too_large']);
    expect(
      await errorOf(await predict('{}', { path: '/api/nosuch/predict' })),
    ).toEqual([404, 'service_not_found']);
    expect(await errorOf(await predict('{}', { path: '/api/quant' }))).toEqual([
      404,
      'unknown_url',
    ]);
    expect(upstream.received).toHaveLength(0);
  });

  it.each([
    ['starting', 'service_starting'],
    ['scaled-to-zero', 'service_scaled_to_zero'],
    ['unavailable', 'service_unavailable'],
  ] as const)('say that one is %s', async (state, code) => {
    gateway.setRoutes([serviceTo([], { state })]);
    const response = await predict('{}');
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await errorOf(response)).toEqual([503, code]);
  });

  it('are unreachable where none accepts a connection', async () => {
    gateway.setRoutes([serviceTo(await refusingOrigin())]);
    expect(await errorOf(await predict('{}'))).toEqual([
      502,
      'upstream_unreachable',
    ]);
  });

  it('fail a prediction where one breaks off or answers with a page', async () => {
    upstream.answer = response => {
      response.destroy();
    };
    expect(await errorOf(await predict('{}'))).toEqual([
      502,
      'prediction_failed',
    ]);
    upstream.answer = response => {
      response.writeHead(500, { 'content-type': 'text/html' });
      response.end('<h1>Internal Server Error</h1>');
    };
    expect(await errorOf(await predict('{}'))).toEqual([
      502,
      'prediction_failed',
    ]);
    expect(upstream.received).toHaveLength(2);
  });

  it('pass on their own errors', async () => {
    const body =
      '{"error":"context_length_exceeded","message":"m","request_id":"r"}';
    upstream.answer = response => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(body);
    };
    const response = await predict('{}');
    expect([response.status, await response.text()]).toEqual([400, body]);
  });

  it('time out', async () => {
    const impatient = await TestGateway.start({ limits: { firstByteMs: 50 } });
    try {
      impatient.setRoutes([serviceTo(upstream.origin)]);
      upstream.answer = () => {};
      const response = await fetch(`${impatient.url}/api/quant/predict`, {
        method: 'POST',
        headers: { 'x-api-key': QUANT_KEY },
        body: '{}',
      });
      expect(await errorOf(response)).toEqual([504, 'upstream_timeout']);
    } finally {
      await impatient.stop();
    }
  });

  it('leave off when the client does', async () => {
    upstream.answer = () => {};
    const arrived = upstream.nextRequest();
    const leaving = new AbortController();
    const answer = fetch(`${gateway.url}/api/quant/predict`, {
      method: 'POST',
      headers: { 'x-api-key': QUANT_KEY },
      body: '{}',
      signal: leaving.signal,
    });
    const { aborted } = await arrived;
    leaving.abort();
    await expect(answer).rejects.toThrow();
    await expect(aborted).resolves.toBeUndefined();
  });

  it('are counted by their route, not by what clients call', async () => {
    await (await predict('{}')).text();
    await (await predict('{}', { path: '/api/invented/predict' })).text();
    const metrics = await gateway.metrics();
    expect(metrics).toContain(
      'model="api/quant",path="/api/:route/predict",status="200"',
    );
    expect(metrics).not.toContain('invented');
    await gateway.stop();
    expect(gateway.logLines.join('')).toContain('"service":"quant"');
    gateway = await TestGateway.start();
  });
});
