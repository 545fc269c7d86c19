import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { ServiceError } from '../errors';
import { SageMakerClient } from './SageMakerClient';

interface Received {
  url: string;
  headers: http.IncomingHttpHeaders;
  body: unknown;
}

// Real HTTP, on machines that have other work.
jest.setTimeout(30_000);

/** The runtime API's InvokeEndpoint, over real HTTP. */
describe('SageMakerClient', () => {
  let server: http.Server;
  let received: Received[];
  let answer: (response: http.ServerResponse) => void;
  let dispatcher: Agent;
  let client: SageMakerClient;
  const credentials = {
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
  const before = { ...process.env };

  const fail = (
    status: number,
    type: string,
    body: object = { Message: 'arn:aws:iam::123456789012:role/secret' },
  ) => {
    answer = response => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'x-amzn-errortype': type,
      });
      response.end(JSON.stringify(body));
    };
  };

  const invoke = (variant?: string, signal?: AbortSignal) =>
    client.invoke(
      { inputs: 'Say hello', parameters: { max_tokens: 9, temperature: 0 } },
      {
        correlationId: 'req-1',
        variant,
        signal,
        trace: { modelCall: () => ({ traceparent: '00-a-b-01', end() {} }) },
      },
    );

  beforeEach(async () => {
    Object.assign(process.env, credentials);
    received = [];
    answer = response => {
      response.setHeader('x-amzn-invoked-production-variant', 'blue');
      response.end('[{"generated_text":"Hello!"}]');
    };
    server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', chunk => chunks.push(chunk));
      request.on('end', () => {
        received.push({
          url: request.url ?? '',
          headers: request.headers,
          body: JSON.parse(Buffer.concat(chunks).toString()),
        });
        answer(response);
      });
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    dispatcher = new Agent();
    client = new SageMakerClient({
      endpointName: 'quant-endpoint',
      region: 'eu-west-1',
      timeoutMs: 60_000,
      dispatcher,
      serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
  });

  afterEach(async () => {
    process.env = { ...before };
    await client.close();
    await dispatcher.destroy();
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  it('invokes the endpoint with a signed request', async () => {
    expect(await invoke()).toEqual({
      generatedText: 'Hello!',
      modelVersion: 'quant-endpoint/blue',
      latencyMs: expect.any(Number),
    });
    expect(received).toHaveLength(1);
    expect(received[0].url).toBe('/endpoints/quant-endpoint/invocations');
    expect(received[0].headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d+\/eu-west-1\/sagemaker\//,
    );
    expect(received[0].headers['x-amzn-sagemaker-custom-attributes']).toBe(
      'correlation_id=req-1;traceparent=00-a-b-01',
    );
    expect(
      received[0].headers['x-amzn-sagemaker-target-variant'],
    ).toBeUndefined();
    expect(received[0].body).toEqual({
      inputs: 'Say hello',
      parameters: { max_new_tokens: 9, temperature: 0 },
    });
  });

  it('takes the other shape of answer, and a variant', async () => {
    answer = response => response.end('{"generated_text":"Hi"}');
    expect(await invoke('green')).toMatchObject({
      generatedText: 'Hi',
      modelVersion: 'quant-endpoint',
    });
    expect(received[0].headers['x-amzn-sagemaker-target-variant']).toBe(
      'green',
    );
  });

  it('checks by generating one token, and cannot list', async () => {
    expect(client.checksAreFree).toBe(false);
    await client.check();
    expect(received[0].body).toMatchObject({
      parameters: { max_new_tokens: 1 },
    });
    expect(await client.variants()).toBeUndefined();
  });

  it.each([
    [429, 'ModelNotReadyException', 'model_starting'],
    [400, 'ValidationError', 'model_unavailable'],
    [400, 'ThrottlingException', 'rate_limit_exceeded'],
    [503, 'ServiceUnavailable', 'model_unavailable'],
    [530, 'InternalDependencyException', 'model_unavailable'],
    [403, 'AccessDeniedException', 'upstream_failed'],
    [500, 'InternalFailure', 'upstream_failed'],
  ])(
    'tells of %d %s, once, and nothing of the account',
    async (status, type, code) => {
      fail(status, type);
      const error = await invoke().catch(thrown => thrown);
      expect(error).toBeInstanceOf(ServiceError);
      expect(error.code).toBe(code);
      expect(error.message).not.toContain('123456789012');
      expect(received).toHaveLength(1);
    },
  );

  it('tells an unknown variant from an unknown endpoint', async () => {
    fail(400, 'ValidationError', {
      Message: 'Variant green not found in endpoint',
    });
    await expect(invoke('green')).rejects.toMatchObject({
      code: 'variant_not_found',
    });
  });

  it("passes the container's context length error on", async () => {
    fail(424, 'ModelError', {
      Message: 'Received client error (400) from primary',
      OriginalStatusCode: 400,
      OriginalMessage: JSON.stringify({
        error: { message: 'maximum context length is 2048 tokens' },
      }),
    });
    await expect(invoke()).rejects.toMatchObject({
      code: 'context_length_exceeded',
      message: 'maximum context length is 2048 tokens',
    });
  });

  it("does not pass the container's failure on", async () => {
    fail(424, 'ModelError', {
      Message: 'm',
      OriginalStatusCode: 500,
      OriginalMessage: 'secret trace',
    });
    await expect(invoke()).rejects.toMatchObject({
      code: 'upstream_failed',
      message: 'The model server answered with status 500.',
    });
  });

  it.each(['{}', '[]', '<html>'])('refuses the answer %s', async body => {
    answer = response => response.end(body);
    await expect(invoke()).rejects.toMatchObject({
      code: 'prediction_failed',
    });
  });

  it('gives up when the time is over, and when it is told to', async () => {
    answer = () => {};
    const hasty = new SageMakerClient({
      endpointName: 'e',
      region: 'eu-west-1',
      timeoutMs: 30,
      dispatcher,
      serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    });
    await expect(
      hasty.invoke({ inputs: 'x', parameters: {} }, { correlationId: 'r' }),
    ).rejects.toMatchObject({ code: 'upstream_timeout' });

    const controller = new AbortController();
    answer = () => controller.abort(new Error('enough'));
    await expect(invoke(undefined, controller.signal)).rejects.toThrow(
      'enough',
    );
  });

  it('says so when there are no credentials', async () => {
    delete process.env.AWS_ACCESS_KEY_ID;
    delete process.env.AWS_SECRET_ACCESS_KEY;
    process.env.AWS_SHARED_CREDENTIALS_FILE = '/nonexistent';
    process.env.AWS_CONFIG_FILE = '/nonexistent';
    await expect(invoke()).rejects.toMatchObject({
      code: 'upstream_failed',
      message: expect.stringContaining('no AWS credentials'),
    });
  });

  it('says so when nothing listens', async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
    await expect(invoke()).rejects.toMatchObject({
      code: 'upstream_unreachable',
    });
  });
});
