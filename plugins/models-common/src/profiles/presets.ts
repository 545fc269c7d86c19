import type { ModelPreset } from './types';

/** Starting points of the form. @public */
export const presets: ModelPreset[] = [
  {
    id: 'smollm2-135m',
    title: 'SmolLM2 135M Instruct',
    description: 'A small chat model on a CPU node: no GPU, ready in a minute.',
    spec: {
      model: { id: 'HuggingFaceTB/SmolLM2-135M-Instruct' },
      profile: 'cpu',
      replicas: 1,
      engine: {
        quantization: 'none',
        dtype: 'bfloat16',
        maxModelLen: 2048,
        gpuMemoryUtilization: 0.9,
      },
      resources: {
        requests: { cpu: '500m', memory: '1Gi' },
        limits: { cpu: '1', memory: '2Gi' },
      },
      storage: { size: '5Gi' },
    },
  },
  {
    id: 'mistral-7b-awq',
    title: 'Mistral 7B Instruct v0.2 (AWQ)',
    description:
      'A 7B chat model in 4 bits on one T4. In fp16 it would not fit that GPU.',
    spec: {
      model: { id: 'TheBloke/Mistral-7B-Instruct-v0.2-AWQ' },
      profile: 't4',
      replicas: 1,
      engine: {
        quantization: 'awq',
        dtype: 'half',
        maxModelLen: 4096,
        gpuMemoryUtilization: 0.9,
      },
      resources: {
        requests: { cpu: '2', memory: '12Gi' },
        limits: { cpu: '3', memory: '14Gi' },
      },
      storage: { size: '200Gi' },
      tokenSecret: { name: 'hf-token', key: 'token' },
    },
  },
];
