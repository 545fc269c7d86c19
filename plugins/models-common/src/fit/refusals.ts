import { computeCapability } from '../profiles/capability';
import type { GpuProfile } from '../profiles/types';
import type { ModelArchitecture, ModelDeploymentSpec } from '../spec/types';

function checkpointRefusals(
  architecture: ModelArchitecture,
  spec: ModelDeploymentSpec['spec'],
): string[] {
  const { quantization } = spec.engine;
  const method = architecture.quantMethod;
  if (quantization !== 'awq' && quantization !== 'gptq') {
    return [];
  }
  if (method === undefined) {
    return [
      `${
        spec.model.id
      } is not ${quantization.toUpperCase()}-quantized, so vLLM would stop with "Cannot find the config file for ${quantization}"`,
    ];
  }
  return method === quantization
    ? []
    : [
        `${spec.model.id} is quantized with ${method}, not ${quantization}: vLLM refuses the mismatch`,
      ];
}

function shapeRefusals(
  architecture: ModelArchitecture,
  spec: ModelDeploymentSpec['spec'],
): string[] {
  const { maxModelLen, tensorParallelSize = 1 } = spec.engine;
  const { maxPositionEmbeddings, numAttentionHeads } = architecture;
  const found: string[] = [];
  if (
    maxPositionEmbeddings !== undefined &&
    maxModelLen > maxPositionEmbeddings
  ) {
    found.push(
      `a maximum length of ${maxModelLen} tokens is above the model's own ${maxPositionEmbeddings}`,
    );
  }
  if (numAttentionHeads % tensorParallelSize !== 0) {
    found.push(
      `${numAttentionHeads} attention heads can't be divided among ${tensorParallelSize} GPUs`,
    );
  }
  return found;
}

function hardwareRefusals(
  architecture: ModelArchitecture | undefined,
  spec: ModelDeploymentSpec['spec'],
  profile: GpuProfile,
): string[] {
  const { dtype, quantization, tensorParallelSize = 1 } = spec.engine;
  const method = architecture?.quantMethod ?? quantization;
  if (!profile.gpu) {
    return method === 'fp8' || method === 'bitsandbytes'
      ? [`${method} weights don't run on a CPU`]
      : [];
  }
  const found: string[] = [];
  if (tensorParallelSize > profile.gpu.count) {
    found.push(
      `${tensorParallelSize} GPUs are asked for and a ${profile.instanceType} has ${profile.gpu.count}`,
    );
  }
  const capability = computeCapability(profile.gpu.product);
  if (capability !== undefined && capability < 8) {
    const product = `${profile.gpu.product} (compute capability ${capability})`;
    if (dtype === 'bfloat16') {
      found.push(`bfloat16 does not run on a ${product}: choose half`);
    }
    if (method === 'fp8') {
      found.push(`fp8 weights don't run on a ${product}: choose AWQ`);
    }
  }
  return found;
}

/** What vLLM refuses whatever the memory; each a clause that can follow "vLLM refuses it:". */
export function refusals(
  architecture: ModelArchitecture | undefined,
  spec: ModelDeploymentSpec['spec'],
  profile: GpuProfile,
): string[] {
  return [
    ...hardwareRefusals(architecture, spec, profile),
    ...(architecture
      ? [
          ...checkpointRefusals(architecture, spec),
          ...shapeRefusals(architecture, spec),
        ]
      : []),
  ];
}
