import { computeCapability } from '../profiles/capability';
import type { GpuProfile } from '../profiles/types';
import type { ModelArchitecture, ModelDeploymentSpec } from '../spec/types';
import { hasBfloat16, isHalf, refusesHalf } from './dtypes';

/** Ada: the first with fp8 arithmetic. */
const FP8_CAPABILITY = 8.9;

function checkpointRefusals(
  architecture: ModelArchitecture,
  spec: ModelDeploymentSpec['spec'],
): string[] {
  const { quantization } = spec.engine;
  const method = architecture.quantMethod;
  if (quantization === 'none' || quantization === method) {
    return [];
  }
  if (method !== undefined) {
    return [
      `${spec.model.id} is quantized with ${method}, not ${quantization}: the quantization method of the model's config has to match`,
    ];
  }
  // The other methods can quantize 16-bit weights while loading them.
  return quantization === 'awq' || quantization === 'gptq'
    ? [
        `${
          spec.model.id
        } is not ${quantization.toUpperCase()}-quantized, so vLLM would stop with "Cannot find the config file for ${quantization}"`,
      ]
    : [];
}

function isFourBit(method: string): boolean {
  return method === 'awq' || method === 'gptq';
}

function familyRefusals({
  model,
  engine,
}: ModelDeploymentSpec['spec']): string[] {
  return isHalf(engine.dtype) && refusesHalf(model.id)
    ? [
        `${model.id} is numerically unstable in ${engine.dtype}: choose auto or float32`,
      ]
    : [];
}

function kernelRefusals(
  { dtype, quantization }: ModelDeploymentSpec['spec']['engine'],
  methods: string[],
): string[] {
  // Asked for by name, these methods run kernels for fp16 only; without, Marlin's know bfloat16 too.
  const inHalfOnly =
    dtype === 'bfloat16'
      ? [quantization].find(isFourBit)
      : methods.find(isFourBit);
  return inHalfOnly && (dtype === 'bfloat16' || dtype === 'float32')
    ? [`${inHalfOnly} does not compute in ${dtype}: choose half`]
    : [];
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
  const {
    dtype,
    kvCacheDtype,
    quantization,
    tensorParallelSize = 1,
  } = spec.engine;
  // What is asked for and what the checkpoint is: either may be impossible here.
  const methods = [
    ...new Set([architecture?.quantMethod ?? quantization, quantization]),
  ];
  if (!profile.gpu) {
    return [
      ...methods
        .filter(method => method === 'fp8' || method === 'bitsandbytes')
        .map(method => `${method} weights don't run on a CPU`),
      ...(tensorParallelSize > 1
        ? [
            `a tensor-parallel size of ${tensorParallelSize} needs GPUs, and ${profile.instanceType} has none`,
          ]
        : []),
    ];
  }
  const found = kernelRefusals(spec.engine, methods);
  if (tensorParallelSize > profile.gpu.count) {
    found.push(
      `${tensorParallelSize} GPUs are asked for and a ${profile.instanceType} has ${profile.gpu.count}`,
    );
  }
  const capability = computeCapability(profile.gpu.product);
  const product = `${profile.gpu.product} (compute capability ${capability})`;
  if (!hasBfloat16(profile)) {
    if (dtype === 'bfloat16') {
      found.push(
        `bfloat16 does not run on a ${product}: choose ${
          refusesHalf(spec.model.id) ? 'float32' : 'half'
        }`,
      );
    }
    if (methods.includes('fp8')) {
      found.push(`fp8 weights don't run on a ${product}: choose AWQ`);
    }
  }
  if (
    kvCacheDtype === 'fp8' &&
    capability !== undefined &&
    capability < FP8_CAPABILITY
  ) {
    found.push(
      `an fp8 KV cache does not run on a ${product}, only from ${FP8_CAPABILITY} on: choose auto`,
    );
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
    ...familyRefusals(spec),
    ...(architecture
      ? [
          ...checkpointRefusals(architecture, spec),
          ...shapeRefusals(architecture, spec),
        ]
      : []),
  ];
}
