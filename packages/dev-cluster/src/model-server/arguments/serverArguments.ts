import { ArgumentError } from './argumentError';
import { LoraModule, readLoraModule } from './loraModules';
import { FlagValue, parseFlags } from './parseFlags';

/**
 * vLLM's options as far as the stand-in acts on them.
 *
 * @public
 */
export interface ServerArguments {
  model: string;
  /** Names that requests may use; the first one is the canonical one. */
  servedModelNames: string[];
  host?: string;
  port: number;
  dtype: string;
  quantization?: string;
  maxModelLen?: number;
  gpuMemoryUtilization: number;
  tensorParallelSize: number;
  maxNumSeqs?: number;
  maxNumBatchedTokens?: number;
  kvCacheDtype: string;
  blockSize: number;
  swapSpace: number;
  enforceEager: boolean;
  enablePrefixCaching: boolean;
  trustRemoteCode: boolean;
  downloadDir?: string;
  revision?: string;
  seed?: number;
  apiKeys: string[];
  enableLora: boolean;
  maxLoras: number;
  maxLoraRank: number;
  loraModules: LoraModule[];
  accessLog: boolean;
  /** A line for each request; prompts in it are cut to `maxLogLen`. */
  logRequests: boolean;
  maxLogLen?: number;
  /** Answers carry `X-Request-Id`. */
  requestIdHeaders: boolean;
  disableLogStats: boolean;
  /** `vllm` ignores the model's own sampling defaults. */
  generationConfig: string;
  overrideGenerationConfig: Readonly<Record<string, number>>;
  /** Every option given, under vLLM's Python names, for the log. */
  nonDefault: ReadonlyArray<readonly [string, FlagValue]>;
}

/** vLLM's own default model. */
const DEFAULT_MODEL = 'Qwen/Qwen3-0.6B';

function readOverrides(
  text: string | undefined,
  program: string,
): Record<string, number> {
  if (text === undefined) {
    return {};
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    parsed = undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw new ArgumentError(
      program,
      `argument --override-generation-config: Value ${text} cannot be converted to <function loads>.`,
    );
  }
  return Object.fromEntries(
    Object.entries(parsed).filter(
      (entry): entry is [string, number] => typeof entry[1] === 'number',
    ),
  );
}

function readLoraModules(items: string[], program: string): LoraModule[] {
  // argparse prints what the action raises under the program's name alone.
  return items.filter(Boolean).map(item => {
    try {
      return readLoraModule(item);
    } catch (error) {
      throw new ArgumentError(
        program,
        error instanceof Error ? error.message : String(error),
      );
    }
  });
}

/** Reads a command line into options with vLLM's defaults. */
export function readServerArguments(argv: readonly string[]): ServerArguments {
  const { program, modelTag, values } = parseFlags(argv);
  const text = (name: string) => values.get(name) as string | undefined;
  const number = (name: string) => values.get(name) as number | undefined;
  const flag = (name: string, fallback: boolean) =>
    (values.get(name) as boolean | undefined) ?? fallback;
  const list = (name: string) => (values.get(name) as string[]) ?? [];

  const model = text('model') ?? modelTag ?? DEFAULT_MODEL;
  const positive = [
    'max-model-len',
    'tensor-parallel-size',
    'max-num-seqs',
    'max-num-batched-tokens',
  ];
  for (const name of positive) {
    const value = number(name);
    if (value !== undefined && value < 1) {
      throw new ArgumentError(
        program,
        `argument --${name}: must be at least 1, got ${value}`,
      );
    }
  }
  const names = list('served-model-name');
  return {
    model,
    servedModelNames: names.length > 0 ? names : [model],
    host: text('host'),
    port: number('port') ?? 8000,
    dtype: text('dtype') ?? 'auto',
    quantization: text('quantization'),
    maxModelLen: number('max-model-len'),
    gpuMemoryUtilization: number('gpu-memory-utilization') ?? 0.9,
    tensorParallelSize: number('tensor-parallel-size') ?? 1,
    maxNumSeqs: number('max-num-seqs'),
    maxNumBatchedTokens: number('max-num-batched-tokens'),
    kvCacheDtype: text('kv-cache-dtype') ?? 'auto',
    blockSize: Number(values.get('block-size') ?? 16),
    swapSpace: number('swap-space') ?? 4,
    enforceEager: flag('enforce-eager', false),
    enablePrefixCaching: flag('enable-prefix-caching', true),
    trustRemoteCode: flag('trust-remote-code', false),
    downloadDir: text('download-dir'),
    revision: text('revision'),
    seed: number('seed'),
    apiKeys: list('api-key'),
    enableLora: flag('enable-lora', false),
    maxLoras: number('max-loras') ?? 1,
    maxLoraRank: number('max-lora-rank') ?? 16,
    loraModules: readLoraModules(list('lora-modules'), program),
    logRequests: flag('enable-log-requests', false),
    maxLogLen: number('max-log-len'),
    requestIdHeaders: flag('enable-request-id-headers', false),
    accessLog:
      !flag('disable-uvicorn-access-log', false) &&
      ['info', 'debug', 'trace'].includes(text('uvicorn-log-level') ?? 'info'),
    disableLogStats: flag('disable-log-stats', false),
    generationConfig: text('generation-config') ?? 'auto',
    overrideGenerationConfig: readOverrides(
      text('override-generation-config'),
      program,
    ),
    nonDefault: [
      ...(modelTag === undefined ? [] : [['model_tag', modelTag] as const]),
      ...[...values].map(
        ([name, value]) =>
          [
            name.replace(/-/g, '_'),
            name === 'api-key' ? ['***'] : value,
          ] as const,
      ),
    ],
  };
}
