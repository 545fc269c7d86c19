import type { ServerArguments } from '../arguments';
import { checkLoraConfig } from './loraConfig';
import { pythonFloat, pythonRepr } from './pythonText';
import {
  CheckpointFacts,
  findCheckpoint,
  findGpu,
  RecordedGpu,
} from './recordedStarts';
import { StartFailure } from './startFailure';

/** vLLM's resolved configuration, as far as the start-up shows it. */
export interface EngineConfig {
  checkpoint: CheckpointFacts;
  gpu?: RecordedGpu;
  /** `torch.float16` and the like. */
  dtype: string;
  quantization?: string;
  maxModelLen: number;
  maxNumSeqs: number;
  maxNumBatchedTokens: number;
  /** A warning that resolving the dtype printed. */
  dtypeWarning?: string;
}

const TORCH_DTYPES: Readonly<Record<string, string>> = {
  half: 'torch.float16',
  float16: 'torch.float16',
  bfloat16: 'torch.bfloat16',
  float: 'torch.float32',
  float32: 'torch.float32',
};

function configError(configClass: string, message: string): StartFailure {
  return new StartFailure('config', message, 'ValueError', configClass);
}

function resolveDtype(
  args: ServerArguments,
  checkpoint: CheckpointFacts,
  gpu: RecordedGpu | undefined,
): Pick<EngineConfig, 'dtype' | 'dtypeWarning'> {
  if (args.dtype !== 'auto') {
    return { dtype: TORCH_DTYPES[args.dtype] };
  }
  const dtype = TORCH_DTYPES[checkpoint.dtype];
  if (gpu && gpu.capability[0] < 8 && dtype === 'torch.bfloat16') {
    return {
      dtype: 'torch.float16',
      dtypeWarning:
        `Your device ${pythonRepr(gpu.name)} (with compute capability ` +
        `${gpu.capability.join('.')}) doesn't support torch.bfloat16. ` +
        'Falling back to torch.float16 for compatibility.',
    };
  }
  return { dtype };
}

function resolveQuantization(
  args: ServerArguments,
  checkpoint: CheckpointFacts,
): string | undefined {
  const asked = args.quantization?.replace(/_marlin$/, '');
  const own = checkpoint.quantization;
  if (own && asked && asked !== own) {
    throw configError(
      'ModelConfig',
      `Quantization method specified in the model config (${own}) does not ` +
        `match the quantization method specified in the \`quantization\` ` +
        `argument (${args.quantization}).`,
    );
  }
  if (!own && (asked === 'awq' || asked === 'gptq')) {
    throw configError('VllmConfig', `Cannot find the config file for ${asked}`);
  }
  return args.quantization ?? own;
}

/**
 * Resolves and checks the configuration as vLLM 0.11.0 does before its engine
 * starts.
 *
 * @throws {@link StartFailure}
 */
export function resolveEngineConfig(
  args: ServerArguments,
  gpuName: string | undefined,
): EngineConfig {
  const checkpoint = findCheckpoint(args.model);
  if (!checkpoint) {
    throw new StartFailure(
      'config',
      `The embedded cluster's stand-in for vLLM has no recorded figures for ` +
        `${args.model} and its name says no size to derive them from.`,
      'RuntimeError',
    );
  }
  const gpu = gpuName === undefined ? undefined : findGpu(gpuName);
  if (gpuName !== undefined && !gpu) {
    throw new StartFailure(
      'config',
      `The embedded cluster's stand-in for vLLM has no recorded starts on a ` +
        `GPU named '${gpuName}'.`,
      'RuntimeError',
    );
  }
  const { gpuMemoryUtilization, maxModelLen, tensorParallelSize } = args;
  const quantization = resolveQuantization(args, checkpoint);
  checkLoraConfig(args);
  const { dtype, dtypeWarning } = resolveDtype(args, checkpoint, gpu);
  if (
    maxModelLen !== undefined &&
    maxModelLen > checkpoint.maxPositionEmbeddings
  ) {
    throw configError(
      'ModelConfig',
      `User-specified max_model_len (${maxModelLen}) is greater than the ` +
        `derived max_model_len (max_position_embeddings=` +
        `${checkpoint.maxPositionEmbeddings} or model_max_length=None in ` +
        `model's config.json). To allow overriding this maximum, set the env ` +
        'var VLLM_ALLOW_LONG_MAX_MODEL_LEN=1. VLLM_ALLOW_LONG_MAX_MODEL_LEN ' +
        'must be used with extreme caution. If the model uses relative ' +
        'position encoding (RoPE), positions exceeding derived_max_model_len ' +
        'lead to nan. If the model uses absolute position encoding, positions ' +
        'exceeding derived_max_model_len will cause a CUDA array ' +
        'out-of-bounds error.',
    );
  }
  if (gpuMemoryUtilization > 1 || gpuMemoryUtilization <= 0) {
    throw configError(
      'CacheConfig',
      `GPU memory utilization must be less than 1.0. Got ${pythonFloat(
        gpuMemoryUtilization,
      )}.`,
    );
  }
  if (tensorParallelSize > 1) {
    throw new StartFailure(
      'config',
      `--tensor-parallel-size ${tensorParallelSize} needs as many GPUs; a pod ` +
        'of the embedded cluster has one at most (vLLM would look for a Ray ' +
        'cluster here).',
      'RuntimeError',
    );
  }
  if (quantization === 'awq' && dtype !== 'torch.float16') {
    throw configError(
      'VllmConfig',
      `${dtype} is not supported for quantization method awq. Supported ` +
        'dtypes: [torch.float16]',
    );
  }
  const large = gpu !== undefined && gpu.totalGiB >= 70;
  const roomy = large && !gpu.name.includes('A100');
  const batched = args.maxNumBatchedTokens ?? (roomy ? 8192 : 2048);
  const gpuSeqs = roomy ? 1024 : 256;
  const seqs = gpu ? gpuSeqs : 128;
  return {
    checkpoint,
    gpu,
    dtype,
    dtypeWarning,
    quantization,
    maxModelLen: maxModelLen ?? checkpoint.maxPositionEmbeddings,
    maxNumSeqs: args.maxNumSeqs ?? Math.min(seqs, batched),
    maxNumBatchedTokens: batched,
  };
}

/** vLLM's `str(vllm_config)`, without the parts that say nothing here. */
export function describeConfig(
  args: ServerArguments,
  config: EngineConfig,
): string {
  const name = pythonRepr(args.model);
  const py = pythonRepr;
  return [
    `model=${name}`,
    'speculative_config=None',
    `tokenizer=${name}`,
    'skip_tokenizer_init=False',
    'tokenizer_mode=auto',
    `revision=${args.revision ?? 'None'}`,
    'tokenizer_revision=None',
    `trust_remote_code=${py(args.trustRemoteCode)}`,
    `dtype=${config.dtype}`,
    `max_seq_len=${config.maxModelLen}`,
    `download_dir=${py(args.downloadDir)}`,
    'load_format=auto',
    `tensor_parallel_size=${args.tensorParallelSize}`,
    'pipeline_parallel_size=1',
    'data_parallel_size=1',
    `disable_custom_all_reduce=${py(!config.gpu)}`,
    `quantization=${config.quantization ?? 'None'}`,
    `enforce_eager=${py(args.enforceEager)}`,
    `kv_cache_dtype=${args.kvCacheDtype}`,
    `device_config=${config.gpu ? 'cuda' : 'cpu'}`,
    `seed=${args.seed ?? 0}`,
    `served_model_name=${args.servedModelNames[0]}`,
    `enable_prefix_caching=${py(args.enablePrefixCaching)}`,
    'chunked_prefill_enabled=True',
    'pooler_config=None',
  ].join(', ');
}
