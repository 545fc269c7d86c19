import { computeCapability } from '../profiles/capability';
import type { GpuProfile } from '../profiles/types';
import type { Dtype, ModelDeploymentSpec } from '../spec/types';

/**
 * Families that overflow float16: vLLM refuses it for the model types gemma2, gemma3, glm4 and
 * plamo2. Gemma 1 ("gemma-2b"), Gemma 3n and the other GLM-4 models are different types.
 */
const NOT_IN_HALF = [/gemma-[23]-/i, /glm-(4|z1)-[\w.-]*0414/i, /plamo-2[-.]/i];

/** Whether vLLM refuses to compute this model in float16. */
export function refusesHalf(modelId: string): boolean {
  return NOT_IN_HALF.some(pattern => pattern.test(modelId));
}

/** Two names of one type. */
export function isHalf(dtype: Dtype): boolean {
  return dtype === 'half' || dtype === 'float16';
}

/** GPUs before Ampere have no bfloat16; GPUs that are not in the table are taken to have it. */
export function hasBfloat16({ gpu }: GpuProfile): boolean {
  return gpu === undefined || (computeCapability(gpu.product) ?? 8) >= 8;
}

/** Where neither 16-bit type is possible, vLLM's `auto` computes in float32. */
export function withResolvedDtype(
  spec: ModelDeploymentSpec,
  profile: GpuProfile,
): ModelDeploymentSpec {
  const { engine, model } = spec.spec;
  if (
    engine.dtype !== 'auto' ||
    hasBfloat16(profile) ||
    !refusesHalf(model.id)
  ) {
    return spec;
  }
  return {
    ...spec,
    spec: { ...spec.spec, engine: { ...engine, dtype: 'float32' } },
  };
}
