import { createServer, type IncomingMessage, type Server } from 'http';
import type { AddressInfo } from 'net';
import {
  createBackendPlugin,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { importJWK, jwtVerify } from 'jose';
import Router from 'express-promise-router';
import { playgroundClustersServiceRef } from './clusters';
import type { StoredKeys } from './keys';
import { playgroundPlugin } from './plugin';

const CHUNKS = [
  'data: {"choices":[{"delta":{"content":"Par"}}]}\n\n',
  'data: {"choices":[{"delta":{"content":"is"}}]}\n\n',
  'data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2}}\n\n',
  'data: [DONE]\n\n',
];

interface Handled {
  request: IncomingMessage;
  body: Record<string, unknown>;
  closed: Promise<void>;
}

type Answer = (
  handled: Handled,
  response: import('http').ServerResponse,
) => void | Promise<void>;

/** A gateway whose answers the test decides. */
async function startGateway(answer: Answer) {
  const seen: Handled[] = [];
  const server: Server = createServer(async (request, response) => {
    if (request.url === '/health') {
      response.end('ok');
      return;
    }
    let text = '';
    for await (const chunk of request) {
      text += chunk;
    }
    const handled: Handled = {
      request,
      body: JSON.parse(text),
      closed: new Promise(resolve => {
        response.on('close', resolve);
      }),
    };
    seen.push(handled);
    await answer(handled, response);
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    seen,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

const streamAll: Answer = (_handled, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const chunk of CHUNKS) {
    response.write(chunk);
  }
  response.end();
};

/** Stands in for models-backend: each user sees the models of the own team only. */
const modelsPlugin = createBackendPlugin({
  pluginId: 'models',
  register(env) {
    env.registerInit({
      deps: {
        httpRouter: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
      },
      async init({ httpRouter, httpAuth }) {
        const router = Router();
        router.get('/v1/models', async (req, res) => {
          const { principal } = await httpAuth.credentials(req, {
            allow: ['user'],
          });
          const quant = principal.userEntityRef === 'user:default/mia';
          res.json({
            version: 1,
            errors: [],
            items: [
              {
                cluster: 'embedded',
                namespace: quant ? 'quant' : 'eval',
                name: 'smollm2',
                route: quant ? 'smollm2' : 'secret-eval',
                team: quant ? 'quant' : 'eval',
                modelId: 'HuggingFaceTB/SmolLM2-135M-Instruct',
                state: 'Ready',
                simulated: quant ? undefined : 'answers',
                replicas: { desired: 1, ready: 1 },
              },
            ],
          });
        });
        httpRouter.use(router);
      },
    });
  },
});

const asMia = mockCredentials.user.header('user:default/mia');
const question = {
  cluster: 'embedded',
  model: 'smollm2',
  messages: [{ role: 'user', content: 'What is the capital of France?' }],
};

async function setup(
  answer: Answer,
  options: { url?: string; result?: AuthorizeResult.DENY } = {},
) {
  const gateway = await startGateway(answer);
  const store: StoredKeys = { data: {}, resourceVersion: '0' };
  const events: unknown[] = [];
  const auditor = mockServices.auditor.mock({
    createEvent: jest.fn(async ({ request: _request, ...event }) => ({
      success: async (more?: unknown) => {
        events.push({ outcome: 'success', event, more });
      },
      fail: async (more?: unknown) => {
        events.push({ outcome: 'fail', event, more });
      },
    })),
  });
  const writes: string[][] = [];
  const { server } = await startTestBackend({
    features: [
      playgroundPlugin,
      modelsPlugin,
      auditor.factory,
      mockServices.permissions.factory(
        options.result && { result: options.result },
      ),
      createServiceFactory({
        service: playgroundClustersServiceRef,
        deps: {},
        factory: () => ({
          gateways: () => [
            { cluster: 'embedded', url: options.url ?? gateway.url },
          ],
          keyStores: () => [
            {
              cluster: 'embedded',
              read: async () => ({ ...store }),
              write: async (keys: StoredKeys) => {
                store.data = keys.data;
                writes.push(Object.keys(keys.data));
              },
            },
          ],
        }),
      }),
    ],
  });
  const { port } = server.address() as AddressInfo;
  const base = `http://127.0.0.1:${port}/api/playground/v1`;
  const chat = (
    body: unknown,
    init: { headers?: Record<string, string>; signal?: AbortSignal } = {},
  ) =>
    fetch(`${base}/chat`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: asMia,
        ...init.headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      signal: init.signal,
    });
  return { base, chat, events, gateway, store, writes };
}

describe('playground', () => {
  const stops: Array<() => Promise<unknown>> = [];
  const start = async (...args: Parameters<typeof setup>) => {
    const started = await setup(...args);
    stops.push(started.gateway.stop);
    return started;
  };
  afterEach(async () => {
    await Promise.all(stops.splice(0).map(stop => stop()));
  });

  it('streams the answer and signs as the user with a published key', async () => {
    const { chat, gateway, store, events } = await start(streamAll);

    const response = await chat({ ...question, temperature: 0.2, seed: 7 });
    const text = await response.text();

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(response.headers.get('cache-control')).toBe(
      'no-store, no-transform',
    );
    expect(text).toBe(CHUNKS.join(''));

    const [{ request, body }] = gateway.seen;
    expect(request.url).toBe('/v1/chat/completions');
    expect(body).toEqual({
      model: 'smollm2',
      messages: question.messages,
      temperature: 0.2,
      seed: 7,
      stream: true,
      stream_options: { include_usage: true },
    });

    const token = request.headers.authorization?.replace('Bearer ', '') ?? '';
    const { payload, protectedHeader } = await jwtVerify(
      token,
      async header => {
        const jwk = JSON.parse(store.data[header.kid ?? '']);
        expect(Date.parse(jwk.notAfter)).toBeGreaterThan(Date.now());
        expect(jwk).not.toHaveProperty('d');
        return importJWK(jwk, 'EdDSA');
      },
      { issuer: 'llm-platform-portal', audience: 'llm-platform-gateway' },
    );
    expect(protectedHeader.alg).toBe('EdDSA');
    expect(payload).toMatchObject({
      sub: 'user:default/mia',
      team: 'quant',
      models: ['smollm2'],
    });
    expect(payload.exp! - payload.iat!).toBeLessThanOrEqual(300);

    const seenByBrowser = text + JSON.stringify([...response.headers]);
    expect(seenByBrowser).not.toContain(token);
    expect(JSON.stringify(events)).toContain('"outcome":"success"');
    expect(JSON.stringify(events)).not.toContain('capital of France');
  });

  it('lists what the user may use, with the state of the gateway', async () => {
    const { base, gateway } = await start(streamAll);

    const response = await fetch(`${base}/models`, {
      headers: { authorization: asMia },
    });
    expect(await response.json()).toEqual({
      items: [expect.objectContaining({ route: 'smollm2', team: 'quant' })],
      gateways: [{ cluster: 'embedded', state: 'ok', url: gateway.url }],
      errors: [],
    });

    await gateway.stop();
    const later = await fetch(`${base}/models`, {
      headers: { authorization: asMia },
    });
    expect((await later.json()).gateways).toEqual([
      expect.objectContaining({ state: 'unreachable' }),
    ]);
  });

  it('refuses whom it does not know, services and models of other teams', async () => {
    const { base, chat, gateway, events } = await start(streamAll);

    const anonymous = await chat(question, {
      headers: { authorization: mockCredentials.none.header() },
    });
    expect(anonymous.status).toBe(401);
    const service = await chat(question, {
      headers: { authorization: mockCredentials.service.header() },
    });
    expect(service.status).toBe(403);
    const list = await fetch(`${base}/models`, {
      headers: { authorization: mockCredentials.service.header() },
    });
    expect(list.status).toBe(403);

    const foreign = await chat({ ...question, model: 'secret-eval' });
    expect(foreign.status).toBe(403);
    expect(await foreign.json()).toEqual({
      error: expect.objectContaining({
        code: 'model_not_allowed',
        source: 'input',
      }),
    });
    expect(gateway.seen).toHaveLength(0);
    expect(JSON.stringify(events)).toContain('"outcome":"fail"');
  });

  it('refuses whom the policy does not let use models', async () => {
    const { base, chat, gateway } = await start(streamAll, {
      result: AuthorizeResult.DENY,
    });
    const list = await fetch(`${base}/models`, {
      headers: { authorization: asMia },
    });
    expect((await list.json()).items).toEqual([]);
    expect((await chat(question)).status).toBe(403);
    expect(gateway.seen).toHaveLength(0);
  });

  it.each([
    ['no messages', { ...question, messages: [] }, 400, 'messages'],
    [
      'too many messages',
      {
        ...question,
        messages: Array.from({ length: 201 }, () => question.messages[0]),
      },
      400,
      'messages',
    ],
    ['a hot temperature', { ...question, temperature: 3 }, 400, 'temperature'],
    ['an unknown field', { ...question, tools: [] }, 400, 'tools'],
    ['no JSON', '{', 400, 'JSON'],
    [
      'more than a megabyte',
      {
        ...question,
        messages: [{ role: 'user', content: 'x'.repeat(1024 * 1024) }],
      },
      413,
      '1 MB',
    ],
  ])('refuses %s', async (_name, body, status, text) => {
    const { chat, gateway } = await start(streamAll);
    const response = await chat(body);
    expect(response.status).toBe(status);
    const { error } = await response.json();
    expect(error.source).toBe('input');
    expect(error.message).toContain(text);
    expect(gateway.seen).toHaveLength(0);
  });

  it('stops the model when the browser leaves', async () => {
    const { chat, gateway } = await start((_handled, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(CHUNKS[0]);
    });
    const controller = new AbortController();
    const response = await chat(question, { signal: controller.signal });
    const reader = response.body!.getReader();
    const { value } = await reader.read();
    expect(Buffer.from(value!).toString()).toBe(CHUNKS[0]);

    controller.abort();
    await gateway.seen[0].closed;
    await expect(reader.read()).rejects.toThrow();
  });

  it('ends a broken answer with an error event', async () => {
    const { chat, events } = await start((_handled, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(CHUNKS[0]);
      response.write('data: {"choi', () => response.destroy());
    });
    const text = await (await chat(question)).text();
    expect(text.startsWith(CHUNKS[0])).toBe(true);
    const last = text.trim().split('\n\n').at(-1)!;
    expect(JSON.parse(last.replace('data: ', ''))).toEqual({
      error: expect.objectContaining({
        code: 'answer_broken_off',
        source: 'model',
      }),
    });
    expect(JSON.stringify(events)).toContain('"outcome":"fail"');
  });

  it('publishes its key again when the gateway does not know it yet', async () => {
    const known: string[][] = [];
    const { chat, gateway, store } = await start((handled, response) => {
      known.push(Object.keys(store.data));
      if (gateway.seen.length === 1) {
        // Somebody cleaned up the ConfigMap
        store.data = {};
      }
      if (gateway.seen.length < 3) {
        response.writeHead(401).end('{"error":{"message":"unknown key"}}');
        return;
      }
      streamAll(handled, response);
    });
    const response = await chat(question);
    expect(await response.text()).toContain('[DONE]');
    expect(gateway.seen).toHaveLength(3);
    expect(known.at(-1)).toHaveLength(1);
  });

  it.each([
    [
      400,
      {
        error: {
          message: "This model's maximum context length is 4096 tokens.",
          type: 'BadRequestError',
          code: 400,
        },
      },
      400,
      { source: 'input', code: 'context_length_exceeded' },
    ],
    [
      404,
      { error: { message: 'no such route', code: 'model_not_found' } },
      404,
      { source: 'model' },
    ],
    [
      429,
      { error: { message: 'budget spent', code: 'budget_exceeded' } },
      429,
      { source: 'budget' },
    ],
    [
      503,
      { error: { message: 'no ready endpoint', code: 'no_ready_endpoint' } },
      503,
      { source: 'model' },
    ],
    [500, 'oops', 500, { source: 'gateway', code: 'gateway_status_500' }],
    [
      403,
      { error: { message: 'not yours', code: 'forbidden' } },
      502,
      { source: 'gateway', code: 'gateway_refused_portal' },
    ],
  ])(
    'says whose error a %i of the gateway is',
    async (status, body, expectedStatus, expected) => {
      const { chat } = await start((_handled, response) => {
        response
          .writeHead(status)
          .end(typeof body === 'string' ? body : JSON.stringify(body));
      });
      const response = await chat(question);
      expect(response.status).toBe(expectedStatus);
      expect((await response.json()).error).toMatchObject(expected);
    },
  );

  it('says that the gateway does not answer', async () => {
    const { chat } = await start(streamAll, { url: 'http://127.0.0.1:9' });
    const response = await chat(question);
    expect(response.status).toBe(503);
    expect((await response.json()).error).toMatchObject({
      source: 'gateway',
      code: 'gateway_unreachable',
    });
  });
});
