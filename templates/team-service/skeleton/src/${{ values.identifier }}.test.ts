import {
  FakeVllm,
  startTestService,
  type TestService,
} from '@llm-platform/service-kit/testing';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { ${{ values.identifier }} } from './${{ values.identifier }}';

let vllm: FakeVllm;
let service: TestService;

beforeEach(async () => {
  vllm = await FakeVllm.start();
  vllm.models = [{ id: '${{ values.model }}' }];
  vllm.say = () => ' Paris is the capital of France. ';
  service = await startTestService(${{ values.identifier }}, {
    VLLM_BASE_URL: vllm.baseUrl,
  });
});

afterEach(async () => {
  await service.stop();
  await vllm.stop();
});

test('summarises a text', async () => {
  const { status, json } = await service.post('/summary', {
    text: 'Paris, on the Seine, is the capital of France.',
    sentences: 1,
  });
  assert.equal(status, 200);
  assert.equal(json.summary, 'Paris is the capital of France.');
});

test('refuses what is no text', async () => {
  const { status, json } = await service.post('/summary', { text: '' });
  assert.equal(status, 400);
  assert.equal(json.error, 'invalid_request');
});

test('answers a prompt', async () => {
  const { status, json } = await service.post('/predict', {
    inputs: 'What is the capital of France?',
  });
  assert.equal(status, 200);
  assert.equal(json.model_version, '${{ values.model }}');
});
