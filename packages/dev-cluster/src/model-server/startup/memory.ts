import type { ServerArguments } from '../arguments';
import {
  CheckpointFacts,
  findOverhead,
  findStart,
  RecordedGpu,
} from './recordedStarts';

const GIB = 2 ** 30;

/** The memory figures that a start prints. */
export interface MemoryFigures {
  weightsGiB: number;
  availableKvGiB: number;
  cudaGraphsGiB: number;
  kvTokens: number;
  kvBlocks: number;
  /** KV bytes of one token, after `--kv-cache-dtype`. */
  kvBytesPerToken: number;
  /** Where they come from, in words. */
  source: string;
  /** True when a recorded start of exactly this kind exists. */
  recorded: boolean;
}

function kvFigures(
  availableKvGiB: number,
  checkpoint: CheckpointFacts,
  args: ServerArguments,
) {
  const kvBytesPerToken = args.kvCacheDtype.startsWith('fp8')
    ? checkpoint.kvBytesPerToken / 2
    : checkpoint.kvBytesPerToken;
  const kvBlocks = Math.max(
    0,
    Math.floor((availableKvGiB * GIB) / (kvBytesPerToken * args.blockSize)),
  );
  return { kvBytesPerToken, kvBlocks, kvTokens: kvBlocks * args.blockSize };
}

/** Figures of a start on a GPU, from the table of recorded starts. */
export function gpuMemory(
  args: ServerArguments,
  checkpoint: CheckpointFacts,
  gpu: RecordedGpu,
): MemoryFigures {
  const weightsGiB = checkpoint.weightsGiB / args.tensorParallelSize;
  const overhead = findOverhead(gpu);
  const start =
    args.tensorParallelSize === 1
      ? findStart(args.model, gpu, args.gpuMemoryUtilization)
      : undefined;
  const availableKvGiB =
    start?.availableKvGiB ??
    gpu.totalGiB * args.gpuMemoryUtilization -
      weightsGiB -
      overhead.overheadGiB;
  return {
    weightsGiB,
    availableKvGiB,
    cudaGraphsGiB: args.enforceEager ? 0 : overhead.cudaGraphsGiB,
    ...kvFigures(availableKvGiB, checkpoint, args),
    source: start
      ? start.source
      : `weights: ${checkpoint.source}; overhead: ${overhead.source}`,
    recorded: start !== undefined,
  };
}

/** Figures of a start on the CPU: vLLM's fixed KV cache space. */
export function cpuMemory(
  args: ServerArguments,
  checkpoint: CheckpointFacts,
  kvCacheSpaceGiB: number,
): MemoryFigures {
  return {
    weightsGiB: checkpoint.weightsGiB,
    availableKvGiB: kvCacheSpaceGiB,
    cudaGraphsGiB: 0,
    ...kvFigures(kvCacheSpaceGiB, checkpoint, args),
    source: `KV cache space as VLLM_CPU_KVCACHE_SPACE gives it; weights: ${checkpoint.source}`,
    recorded: false,
  };
}

/**
 * The message of vLLM's check that one request of the full length fits, or
 * `undefined` when it does.
 */
export function kvCacheError(
  memory: MemoryFigures,
  maxModelLen: number,
  blockSize: number,
): string | undefined {
  if (memory.availableKvGiB <= 0) {
    return (
      'No available memory for the cache blocks. Try increasing ' +
      '`gpu_memory_utilization` when initializing the engine.'
    );
  }
  const neededGiB =
    (Math.ceil(maxModelLen / blockSize) * blockSize * memory.kvBytesPerToken) /
    GIB;
  if (neededGiB <= memory.availableKvGiB) {
    return undefined;
  }
  const estimate =
    memory.kvTokens > 0
      ? `Based on the available memory, the estimated maximum model length is ${memory.kvTokens}.`
      : '';
  return (
    `To serve at least one request with the models's max seq len ` +
    `(${maxModelLen}), (${neededGiB.toFixed(
      2,
    )} GiB KV cache is needed, which ` +
    `is larger than the available KV cache memory ` +
    `(${memory.availableKvGiB.toFixed(2)} GiB). ${estimate} Try increasing ` +
    '`gpu_memory_utilization` or decreasing `max_model_len` when ' +
    'initializing the engine.'
  );
}
