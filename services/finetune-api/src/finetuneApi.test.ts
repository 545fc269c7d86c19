import {
  FakeVllm,
  startTestService,
  type TestService,
} from '@llm-platform/service-kit/testing';
import { finetuneApi } from './finetuneApi';

// Real HTTP and files, on machines that have other work.
jest.setTimeout(30_000);

describe('finetune-api', () => {
  let vllm: FakeVllm;
  let service: TestService;

  beforeEach(async () => {
    vllm = await FakeVllm.start();
    vllm.models = [
      { id: 'smol' },
      { id: 'polite', parent: 'smol' },
      { id: 'brief', parent: 'smol' },
    ];
    service = await startTestService(finetuneApi, {
      VLLM_BASE_URL: vllm.baseUrl,
    });
  });

  afterEach(async () => {
    await service.stop();
    await vllm.stop();
  });

  it('lists the base model and its adapters, as they are now', async () => {
    expect((await service.get('/variants')).json).toEqual({
      variants: [
        { name: 'smol', kind: 'base' },
        { name: 'polite', kind: 'adapter', base: 'smol' },
        { name: 'brief', kind: 'adapter', base: 'smol' },
      ],
    });
    vllm.models.pop();
    expect((await service.get('/variants')).json.variants).toHaveLength(2);
  });

  it('answers with the base model or an adapter', async () => {
    const modelOf = async (variant?: string) =>
      (await service.post('/predict', { inputs: 'Hello', variant })).json
        .model_version;
    expect(await modelOf()).toBe('smol');
    expect(await modelOf('smol')).toBe('smol');
    expect(await modelOf('polite')).toBe('polite');
    expect(vllm.calls.map(({ body }) => body?.model)).toEqual([
      'smol',
      'smol',
      'polite',
    ]);
  });

  it('names those there are to whoever asks for another', async () => {
    const answer = await service.post('/predict', {
      inputs: 'Hello',
      variant: 'rude',
    });
    expect(answer.status).toBe(404);
    expect(answer.json).toEqual({
      error: 'variant_not_found',
      message: "There is no variant 'rude'. It has: smol, polite, brief.",
      request_id: answer.headers.get('x-request-id'),
    });
    expect(vllm.calls).toHaveLength(0);
  });

  it('serves an adapter that was loaded a moment ago', async () => {
    await service.post('/predict', { inputs: 'Hello', variant: 'polite' });
    vllm.models.push({ id: 'fresh', parent: 'smol' });
    const answer = await service.post('/predict', {
      inputs: 'Hello',
      variant: 'fresh',
    });
    expect(answer.json.model_version).toBe('fresh');
  });

  it('says so when the model server is away', async () => {
    await vllm.stop();
    const answer = await service.get('/variants');
    expect(answer.status).toBe(502);
    expect(answer.json.error).toBe('upstream_unreachable');
  });

  it('lists nothing where the backend does not tell', async () => {
    const onSageMaker = await startTestService(finetuneApi, {
      SAGEMAKER_ENDPOINT_NAME: 'finetune-endpoint',
      AWS_REGION: 'eu-west-1',
      SAGEMAKER_RUNTIME_URL: vllm.baseUrl,
    });
    expect((await onSageMaker.get('/variants')).json).toEqual({
      variants: null,
    });
    await onSageMaker.stop();
  });
});
