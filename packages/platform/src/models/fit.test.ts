import { parseObjects } from '../rendered';
import { checkModelsFit } from '.';

const AWQ = 'TheBloke/Mistral-7B-Instruct-v0.2-AWQ';

function model(args: string[], pod = '{ nvidia.com/gpu.product: Tesla-T4 }') {
  return parseObjects(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: baseline, namespace: llm-baseline }
spec:
  template:
    metadata: { labels: { llm-platform.dev/model: baseline } }
    spec:
      nodeSelector: ${pod}
      containers:
        - name: vllm
          args: ${JSON.stringify(args)}
          resources: { limits: { nvidia.com/gpu: 1 } }
`);
}

it.each([
  ['with =', [`--model=${AWQ}`, '--quantization=awq', '--dtype=half']],
  ['apart', ['--model', AWQ, '--quantization', 'awq', '--dtype', 'half']],
])('is content with what fits, flags written %s', (_, args) => {
  expect(checkModelsFit(model(args))).toEqual([]);
});

it('refuses what leaves no KV cache, with the numbers', () => {
  expect(
    checkModelsFit(model(['--model=mistralai/Mistral-7B-Instruct-v0.2'])),
  ).toEqual([
    {
      at: 'Deployment llm-baseline/baseline',
      message: expect.stringMatching(/13\.49 GiB .*14\.56 GiB/),
    },
  ]);
});

it('asks for which GPU', () => {
  expect(checkModelsFit(model([`--model=${AWQ}`], '{}'))).toEqual([
    {
      at: 'Deployment llm-baseline/baseline',
      message: expect.stringContaining('name nvidia.com/gpu.product'),
    },
  ]);
});
