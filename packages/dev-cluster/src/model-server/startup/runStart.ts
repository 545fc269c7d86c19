import type { ServerArguments } from '../arguments';
import type { DownloadMarker } from './downloadMarker';
import {
  describeConfig,
  EngineConfig,
  resolveEngineConfig,
} from './engineConfig';
import { cpuMemory, gpuMemory, kvCacheError, MemoryFigures } from './memory';
import { pythonRepr, withThousands } from './pythonText';
import { StartFailure } from './startFailure';
import { VllmLog } from './vllmLog';

const API = 'APIServer';
const CORE = 'EngineCore_DP0';
/** vLLM's capture sizes: 1, 2, 4 and multiples of 8 up to 512. */
const CAPTURE_SIZES = 67;

/** What a start needs from outside. */
export interface StartContext {
  args: ServerArguments;
  /** The GPU's name; `undefined` starts vLLM's CPU backend. */
  gpuName?: string;
  kvCacheSpaceGiB?: number;
  log: VllmLog;
  now(): number;
  /** Waits that many seconds of the simulated pace. */
  pause(seconds: number): Promise<void>;
  marker: DownloadMarker;
  /** Loads the weights that answer, while the log says so. */
  loadEngine(config: EngineConfig): Promise<void>;
  /** True where the loading shown is the real one. */
  real: boolean;
}

/** A start that came up. */
export interface StartedEngine {
  config: EngineConfig;
  memory: MemoryFigures;
}

class Stopwatch {
  private readonly since: number;
  constructor(private readonly now: () => number) {
    this.since = now();
  }
  /** Seconds so far. */
  get seconds(): number {
    return (this.now() - this.since) / 1000;
  }
}

function logBeginning(context: StartContext): EngineConfig {
  const { args, log, gpuName } = context;
  const platform = gpuName === undefined ? 'cpu' : 'cuda';
  log.info(
    undefined,
    '__init__.py:216',
    `Automatically detected platform ${platform}.`,
  );
  log.info(API, 'api_server.py:1839', 'vLLM API server version 0.11.0');
  const given = args.nonDefault.map(
    ([name, value]) => `${pythonRepr(name)}: ${pythonRepr(value)}`,
  );
  log.info(API, 'utils.py:233', `non-default args: {${given.join(', ')}}`);
  const config = resolveEngineConfig(args, gpuName);
  log.info(
    API,
    'model.py:547',
    `Resolved architecture: ${config.checkpoint.architecture}`,
  );
  if (config.dtypeWarning) {
    log.warning(API, 'model.py:1682', config.dtypeWarning);
  }
  log.info(API, 'model.py:1510', `Using max model len ${config.maxModelLen}`);
  log.info(
    API,
    'scheduler.py:205',
    `Chunked prefill is enabled with max_num_batched_tokens=${config.maxNumBatchedTokens}.`,
  );
  return config;
}

async function loadWeights(
  context: StartContext,
  config: EngineConfig,
  memory: MemoryFigures,
): Promise<void> {
  const { args, log, gpuName } = context;
  const loading = new Stopwatch(context.now);
  log.info(
    CORE,
    gpuName ? 'gpu_model_runner.py:2602' : 'cpu_model_runner.py:106',
    `Starting to load model ${args.model}...`,
  );
  if (config.gpu) {
    log.info(CORE, 'gpu_model_runner.py:2634', 'Loading model from scratch...');
    const backend =
      config.gpu.capability[0] >= 8 ? 'Flash Attention' : 'FlexAttention';
    log.info(
      CORE,
      config.gpu.capability[0] >= 8 ? 'cuda.py:366' : 'cuda.py:372',
      `Using ${backend} backend on V1 engine.`,
    );
    if (memory.weightsGiB > config.gpu.totalGiB - 0.2) {
      const total = config.gpu.totalGiB;
      throw new StartFailure(
        'load',
        `CUDA out of memory. Tried to allocate 112.00 MiB. GPU 0 has a total ` +
          `capacity of ${total.toFixed(2)} GiB of which 73.69 MiB is free. ` +
          `Including non-PyTorch memory, this process has ` +
          `${(total - 0.07).toFixed(2)} GiB memory in use. Of the allocated ` +
          `memory ${(total - 0.2).toFixed(2)} GiB is allocated by PyTorch, ` +
          'and 16.19 MiB is reserved by PyTorch but unallocated. If reserved ' +
          'but unallocated memory is large try setting ' +
          'PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True to avoid ' +
          'fragmentation.  See documentation for Memory Management  ' +
          '(https://pytorch.org/docs/stable/notes/cuda.html#environment-variables)',
        'torch.OutOfMemoryError',
      );
    }
  } else {
    log.info(CORE, 'cpu.py:105', 'Using Torch SDPA backend.');
  }
  log.info(
    CORE,
    'weight_utils.py:392',
    "Using model weights format ['*.safetensors']",
  );
  if (!context.real && !(await context.marker.exists())) {
    const download = new Stopwatch(context.now);
    await context.pause(1.2);
    log.info(
      CORE,
      'weight_utils.py:413',
      `Time spent downloading weights for ${
        args.model
      }: ${download.seconds.toFixed(6)} seconds`,
    );
    await context.marker.write();
  }
  // Hugging Face cuts large checkpoints into files of about 5 GB.
  const shards = Math.max(1, Math.ceil(config.checkpoint.weightsGiB / 4.65));
  const reading = new Stopwatch(context.now);
  const progress = (done: number) =>
    log.raw(
      CORE,
      `Loading safetensors checkpoint shards: ${String(
        Math.round((100 * done) / shards),
      ).padStart(3)}% Completed | ${done}/${shards} [${reading.seconds.toFixed(
        0,
      )}s]`,
    );
  progress(0);
  const playShards = async () => {
    for (let done = 1; done <= shards; done++) {
      await context.pause(0.8 / shards);
      progress(done);
    }
  };
  // The weights that answer load while the log plays the ones asked for.
  await Promise.all([
    context.loadEngine(config),
    context.real ? undefined : playShards(),
  ]);
  if (context.real) {
    progress(shards);
  }
  log.info(
    CORE,
    'default_loader.py:267',
    `Loading weights took ${reading.seconds.toFixed(2)} seconds`,
  );
  if (config.gpu) {
    log.info(
      CORE,
      'gpu_model_runner.py:2653',
      `Model loading took ${memory.weightsGiB.toFixed(
        4,
      )} GiB and ${loading.seconds.toFixed(6)} seconds`,
    );
  }
}

async function compileGraph(context: StartContext): Promise<void> {
  const { log } = context;
  const compiling = new Stopwatch(context.now);
  await context.pause(0.3);
  log.info(
    CORE,
    'backends.py:548',
    "Using cache directory: /root/.cache/vllm/torch_compile_cache/llm-platform/rank_0_0/backbone for vLLM's torch.compile",
  );
  log.info(
    CORE,
    'backends.py:559',
    `Dynamo bytecode transform time: ${compiling.seconds.toFixed(2)} s`,
  );
  const graph = new Stopwatch(context.now);
  await context.pause(0.5);
  log.info(
    CORE,
    'backends.py:197',
    'Cache the graph for dynamic shape for later use',
  );
  log.info(
    CORE,
    'backends.py:218',
    `Compiling a graph for dynamic shape takes ${graph.seconds.toFixed(2)} s`,
  );
  log.info(
    CORE,
    'monitor.py:34',
    `torch.compile takes ${compiling.seconds.toFixed(2)} s in total`,
  );
}

function checkKvCache(
  context: StartContext,
  config: EngineConfig,
  memory: MemoryFigures,
): void {
  const { args, log } = context;
  if (config.gpu) {
    log.info(
      CORE,
      'gpu_worker.py:298',
      `Available KV cache memory: ${memory.availableKvGiB.toFixed(2)} GiB`,
    );
  }
  const error = kvCacheError(memory, config.maxModelLen, args.blockSize);
  if (error) {
    throw new StartFailure('kv-cache', error);
  }
  log.info(
    CORE,
    'kv_cache_utils.py:1087',
    `GPU KV cache size: ${withThousands(memory.kvTokens)} tokens`,
  );
  log.info(
    CORE,
    'kv_cache_utils.py:1091',
    `Maximum concurrency for ${withThousands(
      config.maxModelLen,
    )} tokens per request: ${(memory.kvTokens / config.maxModelLen).toFixed(
      2,
    )}x`,
  );
}

async function captureGraphs(
  context: StartContext,
  memory: MemoryFigures,
): Promise<void> {
  const { log } = context;
  const capturing = new Stopwatch(context.now);
  await context.pause(0.6);
  for (const kind of ['mixed prefill-decode, PIECEWISE', 'decode, FULL']) {
    const size = kind.startsWith('mixed') ? CAPTURE_SIZES : CAPTURE_SIZES - 32;
    log.raw(
      CORE,
      `Capturing CUDA graphs (${kind}): 100%|██████████| ${size}/${size}`,
    );
  }
  log.info(
    CORE,
    'gpu_model_runner.py:3480',
    `Graph capturing finished in ${capturing.seconds.toFixed(
      0,
    )} secs, took ${memory.cudaGraphsGiB.toFixed(2)} GiB`,
  );
}

async function warmUp(
  context: StartContext,
  config: EngineConfig,
  memory: MemoryFigures,
): Promise<void> {
  const { args, log } = context;
  const initializing = new Stopwatch(context.now);
  if (config.gpu) {
    if (!args.enforceEager) {
      await compileGraph(context);
    }
    checkKvCache(context, config, memory);
    if (!args.enforceEager) {
      await captureGraphs(context, memory);
    }
  } else {
    checkKvCache(context, config, memory);
    log.info(
      CORE,
      'cpu_model_runner.py:117',
      'Warming up model for the compilation...',
    );
    await context.pause(0.5);
    log.info(CORE, 'cpu_model_runner.py:121', 'Warming up done.');
  }
  log.info(
    CORE,
    'core.py:210',
    `init engine (profile, create kv cache, warmup model) took ${initializing.seconds.toFixed(
      2,
    )} seconds`,
  );
}

/**
 * Goes through a start of vLLM 0.11.0 up to the point where its API server
 * would begin to listen, printing what it prints.
 *
 * @throws {@link StartFailure} where vLLM refuses the same start.
 */
export async function runStart(context: StartContext): Promise<StartedEngine> {
  const { args, log } = context;
  const config = logBeginning(context);
  const memory = config.gpu
    ? gpuMemory(args, config.checkpoint, config.gpu)
    : cpuMemory(args, config.checkpoint, context.kvCacheSpaceGiB ?? 4);
  if (!memory.recorded || !config.checkpoint.recorded) {
    log.raw(
      undefined,
      `# simulated figures, no recorded start of exactly this kind: ${memory.source}`,
    );
  } else {
    log.raw(undefined, `# recorded figures: ${memory.source}`);
  }
  if (!config.gpu && context.kvCacheSpaceGiB === undefined) {
    log.warning(
      API,
      'cpu.py:117',
      'Environment variable VLLM_CPU_KVCACHE_SPACE (GiB) for CPU backend is not set, using 4 by default.',
    );
  }
  await context.pause(0.4);
  log.info(CORE, 'core.py:644', 'Waiting for init message from front-end.');
  log.info(
    CORE,
    'core.py:77',
    `Initializing a V1 LLM engine (v0.11.0) with config: ${describeConfig(
      args,
      config,
    )}`,
  );
  if (config.gpu) {
    if (config.dtype === 'torch.bfloat16' && config.gpu.capability[0] < 8) {
      throw new StartFailure(
        'device',
        'Bfloat16 is only supported on GPUs with compute capability of at ' +
          `least 8.0. Your ${config.gpu.name} GPU has compute capability ` +
          `${config.gpu.capability.join(
            '.',
          )}. You can use float16 instead by ` +
          'explicitly setting the `dtype` flag in CLI, for example: ' +
          '--dtype=half.',
      );
    }
  }
  log.info(
    CORE,
    'parallel_state.py:1208',
    'rank 0 in world size 1 is assigned as DP rank 0, PP rank 0, TP rank 0, EP rank 0',
  );
  await context.pause(0.2);
  await loadWeights(context, config, memory);
  await warmUp(context, config, memory);
  log.info(
    API,
    'loggers.py:147',
    `Engine 000: vllm cache_config_info with initialization after num_gpu_blocks is: ${memory.kvBlocks}`,
  );
  log.info(API, 'api_server.py:1634', "Supported_tasks: ['generate']");
  return { config, memory };
}
