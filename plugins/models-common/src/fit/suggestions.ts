import { lookupArchitecture, quantizedVariants } from '../architectures/lookup';
import type { GpuProfile } from '../profiles/types';
import type { ModelArchitecture, ModelDeploymentSpec } from '../spec/types';
import { isHalf, refusesHalf } from './dtypes';
import { judge } from './judge';
import type { FitResult } from './types';

type Suggestion = FitResult['suggestions'][number];

interface Start {
  spec: ModelDeploymentSpec;
  profile: GpuProfile;
  architecture: ModelArchitecture | undefined;
}

function changed(
  spec: ModelDeploymentSpec,
  { modelId, profile, ...engine }: Suggestion['change'],
): ModelDeploymentSpec {
  return {
    ...spec,
    spec: {
      ...spec.spec,
      model: modelId ? { id: modelId } : spec.spec.model,
      profile: profile ?? spec.spec.profile,
      engine: { ...spec.spec.engine, ...engine },
    },
  };
}

function works(
  start: Start,
  change: Suggestion['change'],
  profile = start.profile,
): boolean {
  const architecture = change.modelId
    ? lookupArchitecture(change.modelId).architecture
    : start.architecture;
  const result = judge(changed(start.spec, change), profile, architecture);
  return result.verdict === 'fits';
}

function quantized(start: Start): Suggestion[] {
  const { spec } = start.spec;
  return quantizedVariants(spec.model.id, 'awq')
    .map(id => ({
      label: `Use the AWQ checkpoint ${id}`,
      change: { modelId: id, quantization: 'awq', dtype: 'half' } as const,
    }))
    .filter(({ change }) => works(start, change));
}

function plain(start: Start): Suggestion[] {
  const { engine } = start.spec.spec;
  const wrongMethod =
    engine.quantization !== 'none' &&
    start.architecture !== undefined &&
    start.architecture.quantMethod !== engine.quantization;
  const change = { quantization: 'none' } as const;
  return wrongMethod && works(start, change)
    ? [{ label: 'Load the weights as they are published', change }]
    : [];
}

/** Longest length that fits, in steps of 256; found by bisection as vLLM does. */
function shorter(start: Start): Suggestion[] {
  const step = 256;
  const { maxModelLen } = start.spec.spec.engine;
  let low = 0;
  let high = Math.ceil(maxModelLen / step) - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (works(start, { maxModelLen: middle * step })) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low > 0
    ? [
        {
          label: `Shorten the maximum length to ${low * step} tokens`,
          change: { maxModelLen: low * step },
        },
      ]
    : [];
}

function higherUtilization(start: Start): Suggestion[] {
  const { gpuMemoryUtilization } = start.spec.spec.engine;
  const value = [0.9, 0.92, 0.95].find(
    candidate =>
      candidate > gpuMemoryUtilization &&
      works(start, { gpuMemoryUtilization: candidate }),
  );
  return start.profile.gpu && value !== undefined
    ? [
        {
          label: `Let vLLM use ${value * 100} % of the GPU`,
          change: { gpuMemoryUtilization: value },
        },
      ]
    : [];
}

/** What any way out of a refused float16 needs. */
function insteadOfHalf({ spec }: Start): Suggestion['change'] {
  const { engine, model } = spec.spec;
  return isHalf(engine.dtype) && refusesHalf(model.id) ? { dtype: 'auto' } : {};
}

function otherDtype(start: Start): Suggestion[] {
  const chosen = insteadOfHalf(start);
  if (chosen.dtype) {
    return works(start, chosen)
      ? [{ label: 'Let vLLM choose the data type', change: chosen }]
      : [];
  }
  const change = { dtype: 'half' } as const;
  return start.spec.spec.engine.dtype === 'bfloat16' && works(start, change)
    ? [{ label: 'Compute in half instead of bfloat16', change }]
    : [];
}

function otherProfiles(start: Start, profiles: GpuProfile[]): Suggestion[] {
  const dtype = insteadOfHalf(start);
  return profiles
    .filter(
      profile =>
        profile.gpu &&
        profile.id !== start.profile.id &&
        works(start, { profile: profile.id, ...dtype }, profile),
    )
    .sort((a, b) => (a.pricePerHour ?? 1e9) - (b.pricePerHour ?? 1e9))
    .map(profile => ({
      label:
        profile.maxNodes > 0
          ? `Use ${profile.title}`
          : `Use ${profile.title} (its node group must be given nodes first)`,
      change: { profile: profile.id, ...dtype },
    }));
}

/** Changes that make it fit; each was tried, none is guessed. */
export function suggest(start: Start, profiles: GpuProfile[]): Suggestion[] {
  return [
    ...plain(start),
    ...quantized(start),
    ...otherDtype(start),
    ...shorter(start),
    ...higherUtilization(start),
    ...otherProfiles(start, profiles),
  ];
}
