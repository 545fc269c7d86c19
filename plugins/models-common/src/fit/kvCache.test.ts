import { lookupArchitecture } from '../architectures';
import { GIB } from '../quantities';
import { kvBytesNeeded, kvLayout } from './kvCache';

function layout(model: string, tensorParallelSize = 1, elementBytes = 2) {
  return kvLayout(lookupArchitecture(model).architecture!, {
    tensorParallelSize,
    elementBytes,
  })!;
}

it.each([
  ['meta-llama/Llama-3.1-8B-Instruct', 1, 2, 131072],
  ['meta-llama/Llama-3.1-8B-Instruct', 1, 1, 65536],
  ['meta-llama/Llama-3.1-8B-Instruct', 4, 2, 32768],
  // 8 KV heads on 16 GPUs: one each, replicated.
  ['meta-llama/Llama-3.1-8B-Instruct', 16, 2, 16384],
  ['mistralai/Mistral-7B-Instruct-v0.2', 1, 2, 131072],
  ['HuggingFaceTB/SmolLM2-135M-Instruct', 1, 2, 23040],
  ['Qwen/Qwen2.5-7B-Instruct', 1, 2, 57344],
  ['microsoft/Phi-3-mini-4k-instruct', 1, 2, 393216],
  ['facebook/opt-125m', 1, 2, 36864],
  // Latent attention: the same on every rank.
  ['deepseek-ai/DeepSeek-R1', 1, 2, 70272],
  ['deepseek-ai/DeepSeek-R1', 16, 2, 70272],
])(
  '%s on %i GPU(s), %i bytes each: %i bytes per token',
  (model, gpus, size, bytes) => {
    expect(layout(model, gpus, size).bytesPerToken).toBe(bytes);
  },
);

it.each([
  [8192, 6.89],
  [32768, 9.54],
  [65536, 12.04],
])('gemma-4-31B needs for %i tokens %f GiB, as published', (length, gib) => {
  const needed = kvBytesNeeded(layout('google/gemma-4-31B-it'), length, 8192);
  expect(needed / GIB).toBeCloseTo(gib, 2);
});

it('needs no more for a longer text once the window is full, but for the full layers', () => {
  const gptOss = layout('openai/gpt-oss-20b');
  const [short, long] = [16_384, 32_768].map(length =>
    kvBytesNeeded(gptOss, length, 2048),
  );
  expect(long - short).toBe((16_384 / 16) * gptOss.blockBytes);
});

it('knows that it does not know: linear layers without their shapes', () => {
  const { linearKeyHeadDim, ...architecture } =
    lookupArchitecture('Qwen/Qwen3.5-27B').architecture!;
  expect(
    kvLayout(architecture, { tensorParallelSize: 1, elementBytes: 2 }),
  ).toBeUndefined();
});
