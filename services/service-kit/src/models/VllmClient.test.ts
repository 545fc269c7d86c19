import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { FakeVllm, sendJson, sendVllmError } from '../testing';
import { openModelConnections, type ModelConnections } from './connectModel';
import type { ModelClient } from './ModelClient';

const payload = { inputs: 'Say hello', parameters: {} };
const options = { correlationId: 'req-1' };

// Real HTTP, on machines that have other work.
jest.setTimeout(30_000);

describe('VllmClient', () => {
  let vllm: FakeVllm;
  let connections: ModelConnections | undefined;

  const clientOf = async (
    env: Record<string, string | number> = {},
  ): Promise<ModelClient> => {
    connections = openModelConnections({
      VLLM_BASE_URL: vllm.baseUrl,
      MODEL_API: 'completions',
      MODEL_TIMEOUT_SECONDS: 60,
      CONNECT_TIMEOUT_SECONDS: 3,
      CHECK_INTERVAL_SECONDS: 2,
      ...env,
    });
    return connections.connect();
  };

  beforeEach(async () => {
    vllm = await FakeVllm.start();
  });

  afterEach(async () => {
    await connections?.close();
    connections = undefined;
    await vllm.stop();
  });

  it('asks the first model that is no adapter, found by /v1/models', async () => {
    vllm.models = [{ id: 'polite', parent: 'smol' }, { id: 'smol' }];
    const client = await clientOf();
    const answer = await client.invoke(
      {
        inputs: 'Say hello',
        parameters: { max_tokens: 7, temperature: 0, stop: ['\n'] },
      },
      options,
    );
    expect(answer).toEqual({
      generatedText: 'smol heard: Say hello',
      modelVersion: 'smol',
      latencyMs: expect.any(Number),
      usage: { promptTokens: 2, completionTokens: 4 },
    });
    expect(vllm.calls).toHaveLength(1);
    expect(vllm.calls[0].path).toBe('/v1/completions');
    expect(vllm.calls[0].body).toEqual({
      model: 'smol',
      prompt: 'Say hello',
      max_tokens: 7,
      temperature: 0,
      stop: ['\n'],
    });
  });

  it('passes the request id, the trace and the key on', async () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const client = await clientOf({ VLLM_API_KEY: 'secret' });
    await client.invoke(payload, {
      ...options,
      trace: { modelCall: () => ({ traceparent, end: () => {} }) },
    });
    expect(vllm.calls[0].headers).toMatchObject({
      'x-request-id': 'req-1',
      traceparent,
      authorization: 'Bearer secret',
    });
  });

  it('uses the chat template where it is told to', async () => {
    const client = await clientOf({ MODEL_API: 'chat' });
    const answer = await client.invoke(payload, options);
    expect(answer.generatedText).toBe('smol heard: Say hello');
    expect(vllm.calls[0].path).toBe('/v1/chat/completions');
    expect(vllm.calls[0].body).toMatchObject({
      messages: [{ role: 'user', content: 'Say hello' }],
    });
  });

  it('asks for the variant, also one that came after the list was read', async () => {
    const client = await clientOf();
    await client.check();
    vllm.models.push({ id: 'polite', parent: 'smol' });
    const answer = await client.invoke(payload, {
      ...options,
      variant: 'polite',
    });
    expect(answer.modelVersion).toBe('polite');
    await expect(
      client.invoke(payload, { ...options, variant: 'rude' }),
    ).rejects.toMatchObject({
      code: 'variant_not_found',
      message: "There is no variant 'rude'. It has: smol, polite.",
    });
    expect(vllm.calls).toHaveLength(1);
  });

  it('finds the new name when the server behind the address was exchanged', async () => {
    const client = await clientOf();
    await client.invoke(payload, options);
    vllm.models = [{ id: 'larger' }];
    expect((await client.invoke(payload, options)).modelVersion).toBe('larger');
  });

  it('keeps to the configured model', async () => {
    const client = await clientOf({ MODEL: 'gone' });
    await expect(client.check()).rejects.toMatchObject({
      code: 'model_unavailable',
      message: "The model server does not serve 'gone'. It has: smol.",
    });
    await expect(client.invoke(payload, options)).rejects.toMatchObject({
      code: 'model_not_found',
    });
    expect(vllm.calls).toHaveLength(1);
  });

  it.each([
    [
      400,
      "This model's maximum context length is 2048 tokens. However, you requested 4000 tokens.",
      'context_length_exceeded',
      /2048 tokens/,
    ],
    [
      400,
      'The decoder prompt (length 4000) is longer than the maximum model length of 2048.',
      'context_length_exceeded',
      /2048/,
    ],
    [400, 'logprobs is too large', 'invalid_request', /logprobs is too large/],
    [401, 'Unauthorized', 'upstream_failed', /VLLM_API_KEY/],
    [413, 'x', 'request_too_large', /larger/],
    [429, 'slow down', 'rate_limit_exceeded', /slow down/],
    [500, 'CUDA error: secret path', 'upstream_failed', /^[^C]*status 500/],
    [503, 'no room', 'model_unavailable', /no room/],
    [504, 'late', 'upstream_timeout', /late/],
  ])('tells of status %d, %p', async (status, said, code, message) => {
    vllm.answer = (_, response) => sendVllmError(response, status, said);
    const client = await clientOf();
    await expect(client.invoke(payload, options)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });

  it('passes on when to try again', async () => {
    vllm.answer = (_, response) =>
      sendVllmError(response, 429, 'slow down', { 'retry-after': '17' });
    const client = await clientOf();
    await expect(client.invoke(payload, options)).rejects.toMatchObject({
      headers: { 'retry-after': '17' },
    });
  });

  it.each<[string, (response: http.ServerResponse) => void, string]>([
    ['is no JSON', r => r.end('<html>'), 'prediction_failed'],
    [
      'has no choice',
      r => sendJson(r, 200, { model: 'm', choices: [] }),
      'prediction_failed',
    ],
    [
      'breaks off',
      r => {
        r.write('{"model"');
        setImmediate(() => r.destroy());
      },
      'upstream_failed',
    ],
    ['never begins', r => r.destroy(), 'upstream_failed'],
  ])('tells of an answer that %s', async (_, answer, code) => {
    vllm.answer = (_request, response) => answer(response);
    const client = await clientOf();
    await expect(client.invoke(payload, options)).rejects.toMatchObject({
      code,
    });
  });

  it('gives up when the time is over', async () => {
    vllm.answer = () => {};
    const client = await clientOf({
      MODEL: 'smol',
      MODEL_TIMEOUT_SECONDS: 0.05,
    });
    await expect(client.invoke(payload, options)).rejects.toMatchObject({
      code: 'upstream_timeout',
      message: 'The model did not answer within 0.05 seconds.',
    });
  });

  it('cancels in the model server what is cancelled here', async () => {
    const client = await clientOf();
    const controller = new AbortController();
    vllm.answer = () => controller.abort(new Error('enough'));
    await expect(
      client.invoke(payload, { ...options, signal: controller.signal }),
    ).rejects.toThrow('enough');
    await vllm.calls[0].aborted;
  });

  it('says so when nothing listens', async () => {
    const client = await clientOf();
    await vllm.stop();
    await expect(client.invoke(payload, options)).rejects.toMatchObject({
      code: 'upstream_unreachable',
    });
    await expect(client.check()).rejects.toMatchObject({
      code: 'upstream_unreachable',
    });
  });

  describe('through a proxy', () => {
    let proxy: http.Server;
    let proxyUrl: string;
    let asked: string[];

    beforeEach(async () => {
      asked = [];
      proxy = http.createServer();
      proxy.on('connect', (request, socket) => {
        asked.push(request.url ?? '');
        if (!request.url?.startsWith('model.team.svc:')) {
          socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
          return;
        }
        const { port } = new URL(vllm.baseUrl);
        const target = net.connect(Number(port), '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          target.pipe(socket).pipe(target);
        });
        target.on('error', () => socket.destroy());
        socket.on('error', () => target.destroy());
      });
      await new Promise<void>(resolve => {
        proxy.listen(0, '127.0.0.1', resolve);
      });
      proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    });

    afterEach(async () => {
      await connections?.close();
      proxy.closeAllConnections();
      await new Promise(resolve => {
        proxy.close(resolve);
      });
    });

    it('reaches names that only the proxy knows', async () => {
      const client = await clientOf({
        VLLM_BASE_URL: 'http://model.team.svc:8000',
        HTTP_PROXY: proxyUrl,
      });
      const answer = await client.invoke(payload, options);
      expect(answer.generatedText).toBe('smol heard: Say hello');
      expect(asked[0]).toBe('model.team.svc:8000');
    });

    it('goes past it where NO_PROXY says so', async () => {
      const client = await clientOf({
        HTTP_PROXY: proxyUrl,
        NO_PROXY: '127.0.0.1',
      });
      await client.invoke(payload, options);
      expect(asked).toEqual([]);
    });

    it('says unreachable where the proxy finds nothing', async () => {
      const client = await clientOf({
        VLLM_BASE_URL: 'http://gone.team.svc:8000',
        HTTP_PROXY: proxyUrl,
      });
      await expect(client.invoke(payload, options)).rejects.toMatchObject({
        code: 'upstream_unreachable',
      });
    });
  });
});
