import { lookupArchitecture } from '../architectures';
import { aSpec, profile } from '../__fixtures__/builders';
import type { ModelDeploymentSpec } from '../spec';
import { computeFit, cpuKvCacheSpaceGiB } from '.';

type Engine = ModelDeploymentSpec['spec']['engine'];

function fit(
  id: string,
  engine: Partial<Engine> = {},
  profileId = 't4',
  change: (spec: ModelDeploymentSpec) => void = () => {},
) {
  const spec = aSpec('mistral-7b-awq', value => {
    value.spec.model = { id };
    value.spec.profile = profileId;
    Object.assign(value.spec.engine, { quantization: 'none' }, engine);
    change(value);
  });
  return computeFit({ spec, profile: profile(profileId) });
}

const FP16 = 'mistralai/Mistral-7B-Instruct-v0.2';
const AWQ = 'TheBloke/Mistral-7B-Instruct-v0.2-AWQ';

describe('the original platform (incident 16)', () => {
  it('fits: the AWQ checkpoint on a T4', () => {
    const result = fit(AWQ, { quantization: 'awq' });
    expect(result).toMatchObject({
      verdict: 'fits',
      totalGiB: 14.56,
      weightsGiB: 3.865,
      kvBytesPerToken: 131072,
      suggestions: [],
    });
    expect(result.requestedGiB).toBeCloseTo(13.1, 2);
    expect(result.neededForOneRequestGiB).toBe(0.5);
    expect(result.kvCacheTokens).toBeGreaterThan(60_000);
    expect(result.maxConcurrency).toBeGreaterThan(15);
    expect(result.summary).toMatch(/^Fits: 3\.87 GiB of weights .* 8\.9\d GiB/);
  });

  it.each([
    [4096, 0.9],
    [2048, 0.95],
    [2048, 0.92],
  ])('does not fit: fp16, length %i, utilization %f', (maxModelLen, util) => {
    const result = fit(FP16, { maxModelLen, gpuMemoryUtilization: util });
    expect(result.verdict).toBe('does-not-fit');
    expect(result.summary).toMatch(/13\.49 GiB .* 13\.\d\d GiB .*14\.56 GiB/);
    expect(result.kvCacheGiB).toBeGreaterThanOrEqual(0);
  });

  it('suggests what was done then, and a larger GPU; nothing that would not work', () => {
    const { suggestions } = fit(FP16);
    expect(suggestions).toEqual([
      {
        label: `Use the AWQ checkpoint ${AWQ}`,
        change: { modelId: AWQ, quantization: 'awq', dtype: 'half' },
      },
      {
        label: expect.stringContaining('A10G'),
        change: { profile: 'a10g' },
      },
    ]);
  });
});

describe('what vLLM refuses whatever the memory', () => {
  it.each<[string, Partial<Engine>, string, RegExp]>([
    [FP16, { quantization: 'awq' }, 't4', /not AWQ-quantized/],
    [AWQ, { quantization: 'gptq' }, 't4', /quantized with awq, not gptq/],
    [FP16, { dtype: 'bfloat16' }, 't4', /bfloat16 does not run on a Tesla-T4/],
    ['RedHatAI/Llama-3.3-70B-Instruct-FP8-dynamic', {}, 't4', /fp8 weights/],
    [AWQ, { maxModelLen: 65_536 }, 'a10g', /65536 tokens .* own 32768/],
    [AWQ, { tensorParallelSize: 3 }, 'a10g', /can't be divided among 3/],
    [AWQ, { tensorParallelSize: 2 }, 't4', /g4dn\.xlarge has 1/],
    [FP16, { quantization: 'fp8' }, 'cpu', /don't run on a CPU/],
    [AWQ, { quantization: 'fp8' }, 'cpu', /fp8 weights don't run on a CPU/],
    [AWQ, { quantization: 'fp8' }, 'a10g', /with awq, not fp8.* to match/],
    [AWQ, { quantization: 'bitsandbytes' }, 'a10g', /awq, not bitsandbytes/],
    [AWQ, { quantization: 'fp8' }, 't4', /fp8 weights don't run on a Tesla/],
    [
      'unsloth/mistral-7b-instruct-v0.3-bnb-4bit',
      { quantization: 'fp8' },
      'a10g',
      /with bitsandbytes, not fp8/,
    ],
    [AWQ, { kvCacheDtype: 'fp8' }, 't4', /fp8 KV cache .* capability 7\.5/],
    [AWQ, { kvCacheDtype: 'fp8' }, 'a10g', /fp8 KV cache .* capability 8\.6/],
    [
      'someone/Mistral-7B-Instruct-v0.2-GPTQ',
      { quantization: 'gptq', dtype: 'bfloat16' },
      'a10g',
      /gptq does not compute in bfloat16: choose half/,
    ],
    [
      AWQ,
      { quantization: 'awq', dtype: 'bfloat16' },
      'a10g',
      /awq does not compute in bfloat16/,
    ],
    [AWQ, { dtype: 'float32' }, 'a10g', /awq does not compute in float32/],
    [FP16, { tensorParallelSize: 2 }, 'cpu', /tensor-parallel .* needs GPUs/],
    ['google/gemma-3-4b-it', { dtype: 'half' }, 'a10g', /unstable in half/],
    ['google/gemma-2-2b-it', { dtype: 'float16' }, 'a10g', /unstable in fl/],
    ['zai-org/GLM-4-9B-0414', { dtype: 'half' }, 'a10g', /unstable in half/],
    ['google/gemma-3-4b-it', { dtype: 'half' }, 'cpu', /unstable in half/],
    ['pfnet/plamo-2-8b', { dtype: 'half' }, 't4', /unstable in half/],
  ])('%s %j on %s', (id, engine, on, message) => {
    const result = fit(id, engine, on);
    expect(result.verdict).toBe('does-not-fit');
    expect(result.summary).toMatch(message);
  });

  it.each<[string, Partial<Engine>]>([
    // Without the flag vLLM takes Marlin's kernels, which know bfloat16.
    [AWQ, { dtype: 'bfloat16' }],
    [FP16, { dtype: 'bfloat16', kvCacheDtype: 'auto' }],
    ['google/gemma-3-4b-it', { dtype: 'auto' }],
    ['google/gemma-3-4b-it', { dtype: 'bfloat16' }],
  ])('does not refuse %s %j on an A10G', (id, engine) => {
    expect(fit(id, engine, 'a10g').verdict).toBe('fits');
  });

  it.each([
    'google/gemma-2b-it',
    'google/gemma-3n-E2B-it',
    'zai-org/GLM-4.5-Air',
    'zai-org/glm-4-9b-chat',
  ])('does not take %s for a family that refuses half', id => {
    expect(fit(id, { dtype: 'half' }).summary).not.toContain('unstable');
  });

  it('suggests another type than half for the families that refuse it', () => {
    const id = 'google/gemma-3-4b-it';
    expect(fit(id, { dtype: 'half' }, 'a10g').suggestions).toEqual([
      { label: expect.any(String), change: { dtype: 'auto' } },
    ]);
    expect(fit(id, { dtype: 'half' }, 't4').suggestions).toContainEqual({
      label: expect.stringContaining('A10G'),
      change: { profile: 'a10g', dtype: 'auto' },
    });
    const { suggestions } = fit(id, { dtype: 'bfloat16' }, 't4');
    expect(suggestions.map(({ change }) => change.dtype)).not.toContain('half');
  });

  it('counts float32 where auto can take neither 16-bit type', () => {
    const engine = { dtype: 'auto' } as const;
    const wide = fit('google/gemma-3-4b-it', engine, 't4');
    const { weightsGiB } = fit('google/gemma-3-4b-it', engine, 'a10g');
    expect(wide.weightsGiB).toBeCloseTo(2 * weightsGiB, 5);
    expect(wide.verdict).toBe('does-not-fit');
  });

  it('all of the GPU: nothing would be left for the driver', () => {
    const result = fit(AWQ, { gpuMemoryUtilization: 1 });
    expect(result.verdict).toBe('does-not-fit');
    expect(result.summary).toContain('leaves nothing for the driver');
    // Only what works is suggested, and a higher utilization never is.
    expect(result.suggestions.map(({ label }) => label).join()).not.toMatch(
      /%/,
    );
  });
});

describe('unknown', () => {
  it('names what is missing', () => {
    const result = fit('acme/secret-13b');
    expect(result).toMatchObject({ verdict: 'unknown', suggestions: [] });
    expect(result.missing).toEqual([
      'the architecture of acme/secret-13b (paste its config.json)',
    ]);
  });

  it('knows it from the shapes that the user pasted', () => {
    const { weightsGiB, totalParams, ...architecture } =
      lookupArchitecture(FP16).architecture!;
    const result = fit('acme/secret-7b', {}, 'a10g', ({ spec }) => {
      spec.model.architecture = architecture;
    });
    expect(result.verdict).toBe('fits');
    expect(result.weightsGiB).toBeCloseTo(13.49, 2);
    expect(result.weightsSource).toMatch(/7\.24 billion parameters × 2 bytes/);
  });

  it('misses the size where the shapes do not give it', () => {
    const { weightsGiB, totalParams, ...architecture } = lookupArchitecture(
      'deepseek-ai/DeepSeek-R1',
    ).architecture!;
    const result = fit('acme/mla', {}, 't4', ({ spec }) => {
      spec.model.architecture = { ...architecture, quantMethod: undefined };
    });
    expect(result.missing?.join()).toContain('size of the weights');
  });

  it('is a close call, with all figures, where the error of the overhead decides', () => {
    // 7B in fp16 on an A10G: about 4.2 GiB left, and one request needs 4.
    const result = fit(
      FP16,
      { maxModelLen: 32_768, gpuMemoryUtilization: 0.82 },
      'a10g',
    );
    expect(result.verdict).toBe('unknown');
    expect(result.missing).toBeUndefined();
    expect(result.kvCacheTokens).toBeGreaterThan(0);
    expect(result.summary).toMatch(/^Too close to call/);
    expect(result.suggestions.map(({ change }) => change)).toContainEqual({
      maxModelLen: expect.any(Number),
    });
  });

  it('leaves the verdict open where CUDA graphs may not fit outside the budget', () => {
    const engine = { quantization: 'awq', gpuMemoryUtilization: 0.98 } as const;
    expect(fit(AWQ, engine).verdict).toBe('unknown');
    expect(fit(AWQ, { ...engine, enforceEager: true }).verdict).toBe('fits');
  });
});

describe('weights', () => {
  it.each<[string, Partial<Engine>, number]>([
    // Published sizes of checkpoints that the estimate does not know of.
    ['someone/Mistral-7B-Instruct-v0.2-AWQ', {}, 3.865],
    ['someone/Meta-Llama-3-8B-Instruct-bnb-4bit', {}, 5.31],
    ['someone/Llama-3.1-70B-Instruct-FP8', {}, 67.7],
    ['Qwen/Qwen3-14B', {}, 27.51],
    ['microsoft/phi-4', {}, 27.31],
    [FP16, { dtype: 'float32' }, 26.98],
    [
      'meta-llama/Meta-Llama-3-8B-Instruct',
      { quantization: 'bitsandbytes' },
      5.31,
    ],
  ])('%s %j: %f GiB', (id, engine, gib) => {
    const { weightsGiB } = fit(id, engine, 'a10g');
    expect(Math.abs(weightsGiB / gib - 1)).toBeLessThan(0.01);
  });

  it('online fp8 must first hold the 16-bit weights', () => {
    const engine = { quantization: 'fp8', maxModelLen: 1024 } as const;
    const result = fit('Qwen/Qwen3-14B', engine, 'a10g');
    expect(result.verdict).toBe('does-not-fit');
    expect(result.summary).toMatch(
      /^Does not fit: loading needs 27\.5\d GiB of 21\.99 GiB, /,
    );
    expect(result.summary).not.toMatch(/left for the KV cache/);
  });
});

describe('on a CPU', () => {
  it('fits: the small preset', () => {
    const result = computeFit({
      spec: aSpec('smollm2-135m'),
      profile: profile('cpu'),
    });
    expect(result).toMatchObject({
      verdict: 'fits',
      totalGiB: 2,
      kvCacheGiB: 1,
      kvCacheTokens: 46592,
    });
  });

  it('gives the rest of the limit to the KV cache, in whole GiB', () => {
    const spec = aSpec('smollm2-135m', value => {
      value.spec.resources.limits.memory = '6Gi';
    });
    const { architecture } = lookupArchitecture(spec.spec.model.id);
    expect(cpuKvCacheSpaceGiB(spec, architecture)).toBe(5);
  });

  it('does not fit: a limit without room for one GiB of cache', () => {
    const spec = aSpec('smollm2-135m', value => {
      value.spec.resources.limits.memory = '1536Mi';
    });
    const result = computeFit({ spec, profile: profile('cpu') });
    expect(result.verdict).toBe('does-not-fit');
    expect(result.summary).toContain('memory limit of 1.50 GiB');
  });
});
