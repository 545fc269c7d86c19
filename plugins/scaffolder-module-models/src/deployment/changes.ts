import {
  computeCapability,
  lookupArchitecture,
  type Dtype,
  type FitResult,
  type FormOptions,
  type GpuProfile,
  type ModelDeploymentSpec,
  type Quantization,
} from '@llm-platform/plugin-models-common';
import { deriveName } from './names';
import type { Deployment } from './types';

type Inner = ModelDeploymentSpec['spec'];
type Choices = Pick<FormOptions, 'presets' | 'profiles'>;
type Change = FitResult['suggestions'][number]['change'];

/** Changes the part below `spec.spec`. */
export function withSpec(
  deployment: Deployment,
  change: Partial<Inner>,
): Deployment {
  return {
    ...deployment,
    spec: {
      ...deployment.spec,
      spec: { ...deployment.spec.spec, ...change },
    },
  };
}

export function withEngine(
  deployment: Deployment,
  change: Partial<Inner['engine']>,
): Deployment {
  return withSpec(deployment, {
    engine: { ...deployment.spec.spec.engine, ...change },
  });
}

export function withMetadata(
  deployment: Deployment,
  change: Partial<ModelDeploymentSpec['metadata']>,
): Deployment {
  return {
    ...deployment,
    spec: {
      ...deployment.spec,
      metadata: { ...deployment.spec.metadata, ...change },
    },
  };
}

/** What the name of a repository says about its weights. */
function quantizationOf(modelId: string): Quantization {
  const name = modelId.toLowerCase();
  const found = (['awq', 'gptq', 'fp8'] as const).find(kind =>
    new RegExp(`(^|[^a-z0-9])${kind}([^a-z0-9]|$)`).test(name),
  );
  return found ?? (/bnb|bitsandbytes/.test(name) ? 'bitsandbytes' : 'none');
}

/** Chooses a model. A preset brings everything; any other id brings what its name and shape say. */
export function chooseModel(
  deployment: Deployment,
  modelId: string,
  choices: Choices,
): Deployment {
  const before = deployment.spec.spec;
  if (before.model.id === modelId) {
    return deployment;
  }
  const previous = choices.presets.find(
    preset => preset.spec.model.id === before.model.id,
  );
  const { name } = deployment.spec.metadata;
  const untouched =
    name === '' ||
    name === deriveName(before.model.id) ||
    name === previous?.id;
  const preset = choices.presets.find(
    candidate => candidate.spec.model.id === modelId,
  );
  const renamed = untouched
    ? withMetadata(deployment, { name: preset?.id ?? deriveName(modelId) })
    : deployment;
  if (preset) {
    return withSpec(renamed, {
      ...preset.spec,
      tokenSecret: preset.spec.tokenSecret,
      storage: {
        storageClassName: before.storage.storageClassName,
        ...preset.spec.storage,
      },
    });
  }
  const { architecture } = lookupArchitecture(modelId);
  const longest = architecture?.maxPositionEmbeddings;
  return withSpec(renamed, {
    model: { id: modelId },
    engine: {
      ...before.engine,
      quantization: quantizationOf(modelId),
      maxModelLen: longest
        ? Math.min(before.engine.maxModelLen, longest)
        : before.engine.maxModelLen,
    },
  });
}

/** Chooses a profile. Between CPU and GPU the defaults of the engine and of the pod change too. */
export function chooseProfile(
  deployment: Deployment,
  profileId: string,
  choices: Choices,
): Deployment {
  const before = deployment.spec.spec;
  const find = (id: string) =>
    choices.profiles.find(profile => profile.id === id);
  const profile = find(profileId);
  const changed = withSpec(deployment, { profile: profileId });
  if (!profile || Boolean(profile.gpu) === Boolean(find(before.profile)?.gpu)) {
    return changed;
  }
  return withEngine(
    withSpec(changed, { resources: usualResources(profile, choices, before) }),
    profile.gpu
      ? { dtype: usualDtype(profile.gpu.product, before) }
      : { dtype: 'bfloat16', quantization: 'none' },
  );
}

/**
 * Four-bit kernels and GPUs before Ampere compute in fp16. Otherwise vLLM decides by the model's
 * config: some families overflow fp16, and vLLM refuses them in it.
 */
function usualDtype(product: string, { engine, model }: Inner): Dtype {
  const fourBit = [engine.quantization, quantizationOf(model.id)].some(
    kind => kind === 'awq' || kind === 'gptq',
  );
  return fourBit || (computeCapability(product) ?? 8) < 8 ? 'half' : 'auto';
}

/** The resources of a preset that runs on the same kind of node. */
function usualResources(
  profile: GpuProfile,
  choices: Choices,
  before: Inner,
): Inner['resources'] {
  const similar = choices.presets.find(preset => {
    const other = choices.profiles.find(({ id }) => id === preset.spec.profile);
    return other !== undefined && Boolean(other.gpu) === Boolean(profile.gpu);
  });
  return similar?.spec.resources ?? before.resources;
}

/** Makes the change that a check suggests. */
export function applySuggestion(
  deployment: Deployment,
  change: Change,
  choices: Choices,
): Deployment {
  const { modelId, profile, ...engine } = change;
  let next = deployment;
  if (modelId && modelId !== next.spec.spec.model.id) {
    // Not chooseModel: the suggestion is about this deployment, whose other choices stay
    next = withSpec(next, { model: { id: modelId } });
    if (!engine.quantization) {
      next = withEngine(next, { quantization: quantizationOf(modelId) });
    }
  }
  if (profile) {
    next = chooseProfile(next, profile, choices);
  }
  // Four-bit kernels compute in fp16 only
  const dtype =
    engine.quantization === 'awq' || engine.quantization === 'gptq'
      ? { dtype: 'half' as const }
      : {};
  const defined = Object.fromEntries(
    Object.entries(engine).filter(([, value]) => value !== undefined),
  );
  return withEngine(next, { ...dtype, ...defined });
}
