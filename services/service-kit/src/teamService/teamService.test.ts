import SwaggerParser from '@apidevtools/swagger-parser';
import { z } from 'zod';
import {
  FakeVllm,
  sendVllmError,
  startTestService,
  until,
  type TestService,
} from '../testing';
import { createTeamService } from './createTeamService';
import { defineTeamService } from './TeamService';

const definition = defineTeamService({
  name: 'demo-api',
  title: 'Demo',
  description: 'A team service with nothing of its own but one route.',
  environment: { GREETING: z.string().default('Hello') },
  routes: (app, { env }) => {
    app.get(
      '/greetings/:name',
      {
        schema: {
          summary: 'Greets',
          params: z.object({ name: z.string() }),
          response: { 200: z.object({ text: z.string() }).describe('So.') },
        },
      },
      request => ({ text: `${env.GREETING}, ${request.params.name}` }),
    );
  },
});

// Real HTTP and files, on machines that have other work.
jest.setTimeout(30_000);

describe('a team service', () => {
  let vllm: FakeVllm;
  let service: TestService;

  const start = async (env: Record<string, string> = {}) => {
    service = await startTestService(definition, {
      VLLM_BASE_URL: vllm.baseUrl,
      ...env,
    });
  };

  beforeEach(async () => {
    vllm = await FakeVllm.start();
    await start();
  });

  afterEach(async () => {
    await service.stop();
    await vllm.stop();
  });

  describe('POST /predict', () => {
    it('answers with the text of the model', async () => {
      const answer = await service.post(
        '/predict',
        {
          inputs: 'Say hello',
          parameters: {
            max_new_tokens: 9,
            temperature: 0.5,
            top_p: 0.9,
            top_k: 40,
            stop: 'END',
            seed: 7,
          },
        },
        { headers: { 'x-request-id': 'req-7' } },
      );
      expect(answer.status).toBe(200);
      expect(answer.json).toEqual({
        generated_text: 'smol heard: Say hello',
        model_version: 'smol',
        latency_ms: expect.any(Number),
        correlation_id: 'req-7',
      });
      expect(answer.headers.get('x-request-id')).toBe('req-7');
      expect(vllm.calls[0].body).toEqual({
        model: 'smol',
        prompt: 'Say hello',
        max_tokens: 9,
        temperature: 0.5,
        top_p: 0.9,
        top_k: 40,
        stop: ['END'],
        seed: 7,
      });
    });

    it('bounds the answer where the caller does not', async () => {
      await service.post('/predict', { inputs: 'x' });
      expect(vllm.calls[0].body).toMatchObject({ max_tokens: 256 });
    });

    it.each<[unknown, RegExp]>([
      [{}, /^inputs: /],
      [{ inputs: '' }, /^inputs: /],
      [{ inputs: ['x'] }, /^inputs: /],
      [{ inputs: 'x', stream: true }, /"stream"/],
      [{ inputs: 'x', parameters: { max_tokens: 0 } }, /parameters.max_tokens/],
      [{ inputs: 'x', parameters: { max_tokens: 1.5 } }, /max_tokens/],
      [
        { inputs: 'x', parameters: { max_tokens: 1, max_new_tokens: 2 } },
        /parameters: .*different values/,
      ],
      [{ inputs: 'x', parameters: { temperature: -1 } }, /temperature/],
      [{ inputs: 'x', parameters: { top_p: 0 } }, /top_p/],
      [{ inputs: 'x', parameters: { stop: [] } }, /stop/],
      [{ inputs: 'x', parameters: { seed: 'a' } }, /seed/],
      [{ inputs: 'x', parameters: { n: 5 } }, /parameters: .*"n"/],
      [
        { inputs: 1, parameters: { temperature: 3, top_p: 2 } },
        /inputs: .*; parameters.temperature: .*; parameters.top_p: /,
      ],
      [null, /body: /],
    ])('refuses %p', async (body, message) => {
      const answer = await service.post('/predict', body);
      expect(answer.status).toBe(400);
      expect(answer.json).toEqual({
        error: 'invalid_request',
        message: expect.stringMatching(message),
        request_id: answer.headers.get('x-request-id'),
      });
      expect(vllm.calls).toHaveLength(0);
    });

    it('refuses what is no JSON, too large or nowhere, in the same shape', async () => {
      const shapeOf = async (path: string, body: string) => {
        const { status, json } = await service.post(path, body);
        expect(Object.keys(json)).toEqual(['error', 'message', 'request_id']);
        return [status, json.error];
      };
      expect(await shapeOf('/predict', '{"inputs"')).toEqual([
        400,
        'invalid_json',
      ]);
      expect(await shapeOf('/predict', ' '.repeat(1024 * 1024 + 1))).toEqual([
        413,
        'request_too_large',
      ]);
      expect(await shapeOf('/predictions', '{}')).toEqual([404, 'unknown_url']);
    });

    it('passes on what the caller can change, with when to try again', async () => {
      vllm.answer = (_, response) =>
        sendVllmError(response, 400, 'maximum context length is 8 tokens');
      expect(await service.post('/predict', { inputs: 'x' })).toMatchObject({
        status: 400,
        json: {
          error: 'context_length_exceeded',
          message: 'maximum context length is 8 tokens',
        },
      });
      vllm.answer = (_, response) =>
        sendVllmError(response, 429, 'busy', { 'retry-after': '9' });
      const busy = await service.post('/predict', { inputs: 'x' });
      expect(busy.status).toBe(429);
      expect(busy.headers.get('retry-after')).toBe('9');
    });

    it('cancels in the model when the client leaves', async () => {
      const controller = new AbortController();
      vllm.answer = () => controller.abort();
      await expect(
        service.post(
          '/predict',
          { inputs: 'x' },
          { signal: controller.signal },
        ),
      ).rejects.toThrow();
      await vllm.calls[0].aborted;
      await until(() =>
        service
          .logged()
          .some(line => line.error === 'client_gone' && line.aborted === true),
      );
      expect(service.logged().some(line => line.level === 'error')).toBe(false);
    });

    it('tells those who wait when the grace period is over', async () => {
      vllm.answer = () => {};
      const answer = service.post('/predict', { inputs: 'x' });
      await until(() => vllm.calls.length === 1);
      service.endAll();
      expect(await answer).toMatchObject({
        status: 503,
        json: { error: 'shutting_down' },
      });
    });
  });

  it('keeps one trace through to the model, and prompts out of the log', async () => {
    const traceId = 'a'.repeat(32);
    await service.post(
      '/predict',
      { inputs: 'my secret prompt' },
      { headers: { traceparent: `00-${traceId}-${'b'.repeat(16)}-01` } },
    );
    const begun = await service.post('/predict', { inputs: 'another secret' });
    expect(vllm.calls[0].headers.traceparent).toContain(traceId);
    await until(
      () =>
        service.logged().filter(({ route }) => route === '/predict').length ===
        2,
    );
    const [given, own] = service
      .logged()
      .filter(({ route }) => route === '/predict');
    expect(given).toMatchObject({
      trace_id: traceId,
      team: 'quant',
      model_version: 'smol',
      prompt_tokens: 3,
      completion_tokens: 5,
    });
    expect(own.request_id).toBe(begun.json.correlation_id);
    expect(vllm.calls[1].headers['x-request-id']).toBe(own.request_id);
    expect(vllm.calls[1].headers.traceparent).toContain(own.trace_id);
    expect(JSON.stringify(service.logged())).not.toContain('secret');
  });

  it('is ready while the model answers, and alive all the time', async () => {
    await service.untilReady(200);
    await vllm.stop();
    await service.untilReady(503);
    expect((await service.get('/ready')).json).toEqual({
      state: 'degraded',
      conditions: {
        model: {
          ok: false,
          detail: 'The model server accepted no connection.',
        },
      },
    });
    expect((await service.get('/health')).status).toBe(200);
    expect((await service.get('/startup')).status).toBe(200);
    expect(await service.post('/predict', { inputs: 'x' })).toMatchObject({
      status: 502,
      json: { error: 'upstream_unreachable' },
    });
    await vllm.listen();
    await service.untilReady(200);
    expect((await service.post('/predict', { inputs: 'x' })).status).toBe(200);
  });

  it('starts without a model, and is ready without one where it is told to', async () => {
    await service.stop();
    await vllm.stop();
    await start({ READINESS: 'process' });
    expect((await service.get('/ready')).status).toBe(200);
    const up = async () =>
      /team_service_model_up{.*} (\d)/.exec(
        (await service.metricsApp.inject('/metrics')).body,
      )?.[1];
    await until(async () =>
      /no connection/.test((await service.get('/ready')).text),
    );
    expect(await up()).toBe('0');
    await vllm.listen();
    await until(async () => (await up()) === '1');
  });

  it('counts what happens, by names that no client invents', async () => {
    await service.post('/predict', { inputs: 'x' });
    for (let i = 0; i < 20; i += 1) {
      await service.post('/predict', { inputs: 'x', variant: `invented-${i}` });
      await service.get(`/invented-${i}`);
    }
    const { body } = await service.metricsApp.inject('/metrics');
    expect(body).not.toContain('invented');
    expect(body).toContain(
      'team_service_requests_total{route="/predict",status="404",service="demo-api"} 20',
    );
    expect(body).toContain(
      'team_service_model_calls_total{outcome="ok",service="demo-api"} 1',
    );
    expect(body).toContain(
      'team_service_model_tokens_total{kind="completion",service="demo-api"} 3',
    );
    expect((await service.get('/metrics')).status).toBe(404);
  });

  it('describes every route in valid OpenAPI 3.1', async () => {
    const { json } = await service.get('/openapi.json');
    expect(json.openapi).toBe('3.1.0');
    expect(json.info.title).toBe('Demo');

    const built = createTeamService(definition, {
      env: { TEAM: 'quant', VLLM_BASE_URL: vllm.baseUrl, LOG_LEVEL: 'silent' },
    });
    const routes = ['GET /startup', 'GET /health', 'GET /ready'];
    built.app.addHook('onRoute', ({ method, url }) => {
      if (method !== 'HEAD') {
        routes.push(`${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
      }
    });
    await built.app.ready();
    await built.app.close();
    const described = Object.entries(
      json.paths as Record<string, Record<string, unknown>>,
    ).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
    );
    expect(described.sort()).toEqual(routes.sort());
    expect(described).toContain('GET /greetings/{name}');

    const { post } = json.paths['/predict'];
    expect(post.requestBody.content['application/json'].schema).toMatchObject({
      required: ['inputs'],
      additionalProperties: false,
      properties: { parameters: { properties: { max_tokens: {} } } },
    });
    expect(Object.keys(post.responses)).toEqual(
      expect.arrayContaining(['200', '400', '404', '429', '502', '503', '504']),
    );
    await SwaggerParser.validate(json);
  });

  it('serves its own routes, with its own environment', async () => {
    expect((await service.get('/greetings/Ada')).json.text).toBe('Hello, Ada');
  });

  it.each<[Record<string, string>, RegExp]>([
    [{}, /TEAM: .*\n.*VLLM_BASE_URL, SAGEMAKER_ENDPOINT_NAME: one of the two/],
    [
      {
        TEAM: 'q',
        VLLM_BASE_URL: 'http://a:1',
        SAGEMAKER_ENDPOINT_NAME: 'e',
        AWS_REGION: 'eu-west-1',
      },
      /only one can answer/,
    ],
    [{ TEAM: 'q', SAGEMAKER_ENDPOINT_NAME: 'e' }, /AWS_REGION: must be set/],
    [
      { TEAM: 'q', SAGEMAKER_ENDPOINT_NAME: 'e', AWS_REGION: 'r', MODEL: 'm' },
      /MODEL: means something to vLLM only/,
    ],
    [
      { TEAM: 'q', SAGEMAKER_ENDPOINT_NAME: 'bad_name', AWS_REGION: 'r' },
      /SAGEMAKER_ENDPOINT_NAME: must be the name/,
    ],
    [
      { TEAM: 'q', VLLM_BASE_URL: 'http://model.team.svc' },
      /VLLM_BASE_URL: .*has no port/,
    ],
    [
      { TEAM: 'q', VLLM_BASE_URL: 'http://a:1', PORT: '0', READINESS: 'x' },
      /PORT: [^]*READINESS: /,
    ],
  ])('does not start with %p', (env, problem) => {
    expect(() => createTeamService(definition, { env })).toThrow(problem);
  });

  it('takes a base URL with the /v1 that clients of OpenAI want', async () => {
    await service.stop();
    await start({ VLLM_BASE_URL: `${vllm.baseUrl}/v1/` });
    expect((await service.post('/predict', { inputs: 'x' })).status).toBe(200);
  });
});
