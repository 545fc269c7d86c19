import {
  FakeVllm,
  sendVllmError,
  startTestService,
  type TestService,
} from '@llm-platform/service-kit/testing';
import { quantApi } from './quantApi';

// Real HTTP and files, on machines that have other work.
jest.setTimeout(30_000);

describe('quant-api', () => {
  let full: FakeVllm;
  let int8: FakeVllm;
  let service: TestService;

  const start = async (variants?: object | string) => {
    service = await startTestService(quantApi, {
      VLLM_BASE_URL: full.baseUrl,
      ...(variants && {
        VARIANTS:
          typeof variants === 'string' ? variants : JSON.stringify(variants),
      }),
    });
  };

  beforeEach(async () => {
    full = await FakeVllm.start();
    full.models = [{ id: 'smol' }, { id: 'smol-awq' }];
    full.say = () => 'The capital of France is Paris.';
    int8 = await FakeVllm.start();
    int8.models = [{ id: 'smol-int8' }];
    int8.say = () => 'Paris is the capital.';
  });

  afterEach(async () => {
    await service?.stop();
    await Promise.all([full.stop(), int8.stop()]);
  });

  it('compares variants on other servers and under other names', async () => {
    await start({ bf16: 'smol', awq: 'smol-awq', int8: int8.baseUrl });
    const { status, json } = await service.post(
      '/compare',
      { inputs: 'What is the capital of France?' },
      { headers: { 'x-request-id': 'cmp-1' } },
    );
    expect(status).toBe(200);
    const answered = {
      status: 'ok',
      latency_ms: expect.any(Number),
      tokens_per_second: expect.any(Number),
    };
    expect(json).toEqual({
      correlation_id: 'cmp-1',
      reference: 'bf16',
      results: [
        {
          variant: 'bf16',
          ...answered,
          generated_text: 'The capital of France is Paris.',
          model_version: 'smol',
          completion_tokens: 6,
          agreement: { exact_match: true, token_overlap: 1 },
        },
        {
          variant: 'awq',
          ...answered,
          generated_text: 'The capital of France is Paris.',
          model_version: 'smol-awq',
          completion_tokens: 6,
          agreement: { exact_match: true, token_overlap: 1 },
        },
        {
          variant: 'int8',
          ...answered,
          generated_text: 'Paris is the capital.',
          model_version: 'smol-int8',
          completion_tokens: 4,
          agreement: { exact_match: false, token_overlap: 0.833 },
        },
      ],
      pairs: [
        { a: 'bf16', b: 'awq', exact_match: true, token_overlap: 1 },
        { a: 'bf16', b: 'int8', exact_match: false, token_overlap: 0.833 },
        { a: 'awq', b: 'int8', exact_match: false, token_overlap: 0.833 },
      ],
    });
    const bodies = [...full.calls, ...int8.calls].map(({ body }) => body);
    expect(bodies.map(body => body?.temperature)).toEqual([0, 0, 0]);
    expect(full.calls.map(call => call.headers['x-request-id'])).toEqual([
      'cmp-1-0',
      'cmp-1-1',
    ]);
  });

  it('lets variants of one server take turns, and servers not wait', async () => {
    await start({ bf16: 'smol', awq: 'smol-awq', int8: int8.baseUrl });
    let atOnce = 0;
    let most = 0;
    let releaseFirst = () => {};
    const int8Asked = new Promise<void>(resolve => {
      releaseFirst = resolve;
    });
    full.answer = async (request, response) => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      // The first of this server ends only once the other server was asked.
      await int8Asked;
      atOnce -= 1;
      full.generate(request, response);
    };
    int8.answer = (request, response) => {
      releaseFirst();
      int8.generate(request, response);
    };
    const { status } = await service.post('/compare', { inputs: 'x' });
    expect(status).toBe(200);
    expect(most).toBe(1);
  });

  it('tells of a variant that failed beside those that answered', async () => {
    await start({ bf16: 'smol', awq: 'smol-awq', int8: int8.baseUrl });
    await int8.stop();
    full.answer = (request, response) =>
      request.body?.model === 'smol-awq'
        ? sendVllmError(response, 400, 'maximum context length is 8 tokens')
        : full.generate(request, response);
    const { status, json } = await service.post('/compare', {
      inputs: 'x',
      reference: 'int8',
    });
    expect(status).toBe(200);
    expect(json.results).toMatchObject([
      { variant: 'bf16', status: 'ok', agreement: null },
      {
        variant: 'awq',
        status: 'failed',
        error: 'context_length_exceeded',
        message: 'maximum context length is 8 tokens',
      },
      { variant: 'int8', status: 'failed', error: 'upstream_unreachable' },
    ]);
    expect(json.pairs).toEqual([]);
  });

  it('is an error where all fail', async () => {
    await start({ a: 'smol', b: 'smol-awq' });
    await service.untilReady(200);
    full.answer = (_, response) => sendVllmError(response, 500, 'x');
    const { status, json } = await service.post('/compare', { inputs: 'x' });
    expect(status).toBe(502);
    expect(json.error).toBe('upstream_failed');
  });

  it('compares what the server serves where nothing is configured', async () => {
    await start();
    const { json } = await service.post('/compare', { inputs: 'x' });
    expect(
      json.results.map((result: { variant: string }) => result.variant),
    ).toEqual(['smol', 'smol-awq']);
    full.models = [{ id: 'smol' }];
    const alone = await service.post('/compare', { inputs: 'x' });
    expect(alone.status).toBe(400);
    expect(alone.json.message).toContain('nothing to compare');
  });

  it.each([
    [{ variants: ['bf16', 'int4'] }, 404, /'int4'. It has: bf16, awq/],
    [{ variants: ['bf16'] }, 400, /^variants: /],
    [{ variants: ['bf16', 'bf16'] }, 400, /twice/],
    [{ reference: 'int4' }, 400, /reference: 'int4'/],
    [{ parameters: { temperature: 9 } }, 400, /parameters.temperature/],
    [{ inputs: '' }, 400, /inputs/],
  ])('refuses %p', async (given, status, message) => {
    await start({ bf16: 'smol', awq: 'smol-awq' });
    const answer = await service.post('/compare', { inputs: 'x', ...given });
    expect(answer.status).toBe(status);
    expect(answer.json.message).toMatch(message);
    expect(full.calls).toHaveLength(0);
  });

  it('predicts with its default or a named variant', async () => {
    await start({ bf16: 'smol', int8: int8.baseUrl });
    expect(
      (await service.post('/predict', { inputs: 'x' })).json.model_version,
    ).toBe('smol');
    expect(
      (await service.post('/predict', { inputs: 'x', variant: 'int8' })).json
        .model_version,
    ).toBe('smol-int8');
    const unknown = await service.post('/predict', {
      inputs: 'x',
      variant: 'smol',
    });
    expect(unknown.status).toBe(404);
    expect(unknown.json.message).toBe(
      "There is no variant 'smol'. It has: bf16, int8.",
    );
  });

  it('stops asking when the client leaves', async () => {
    await start({ bf16: 'smol', awq: 'smol-awq' });
    const controller = new AbortController();
    full.answer = () => controller.abort();
    await expect(
      service.post('/compare', { inputs: 'x' }, { signal: controller.signal }),
    ).rejects.toThrow();
    await full.calls[0].aborted;
    await service.stop();
    expect(full.calls).toHaveLength(1);
  });

  it.each([
    ['[]', /VARIANTS: must be a JSON object/],
    ['{}', /VARIANTS: must have 1 to 32/],
    ['{"a b":"x"}', /'a b' is no name/],
    ['{"a":1}', /'a' must be a base URL/],
    ['{"a":"http://model.team.svc"}', /'a': .* has no port/],
    ['{"a":"ftp://x:1","b":""}', /'a': .*scheme ftp[^]*'b' must be/],
  ])('refuses to start with VARIANTS=%s', async (VARIANTS, problem) => {
    await expect(
      startTestService(quantApi, { VLLM_BASE_URL: full.baseUrl, VARIANTS }),
    ).rejects.toThrow(problem);
  });
});
