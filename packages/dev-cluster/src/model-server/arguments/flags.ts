/** How argparse reads the value of a flag. */
export type FlagKind =
  | 'string'
  | 'int'
  | 'human-int'
  | 'port'
  | 'float'
  | 'boolean'
  | 'list';

/** One of vLLM's options. */
export interface Flag {
  name: string;
  kind: FlagKind;
  choices?: readonly string[];
}

/** vLLM's short options and the long ones they stand for. */
export const SHORT_FLAGS: Readonly<Record<string, string>> = {
  '-tp': 'tensor-parallel-size',
  '-pp': 'pipeline-parallel-size',
  '-dp': 'data-parallel-size',
  '-dcp': 'decode-context-parallel-size',
  '-q': 'quantization',
};

const QUANTIZATION_METHODS = [
  'awq',
  'deepspeedfp',
  'tpu_int8',
  'fp8',
  'ptpc_fp8',
  'fbgemm_fp8',
  'modelopt',
  'modelopt_fp4',
  'bitblas',
  'gguf',
  'gptq_marlin_24',
  'gptq_marlin',
  'gptq_bitblas',
  'awq_marlin',
  'gptq',
  'compressed-tensors',
  'bitsandbytes',
  'hqq',
  'experts_int8',
  'ipex',
  'quark',
  'moe_wna16',
  'torchao',
  'auto-round',
  'rtn',
  'inc',
  'mxfp4',
  'petit_nvfp4',
] as const;

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  dtype: ['auto', 'bfloat16', 'float', 'float16', 'float32', 'half'],
  quantization: QUANTIZATION_METHODS,
  'kv-cache-dtype': [
    'auto',
    'bfloat16',
    'fp8',
    'fp8_e4m3',
    'fp8_e5m2',
    'fp8_inc',
  ],
  'block-size': ['1', '8', '16', '32', '64', '128'],
  'uvicorn-log-level': [
    'critical',
    'debug',
    'error',
    'info',
    'trace',
    'warning',
  ],
};

const NAMES: Readonly<Record<FlagKind, string>> = {
  port: 'port',
  'human-int': 'max-model-len max-num-batched-tokens kv-cache-memory-bytes',
  int: `block-size tensor-parallel-size pipeline-parallel-size
    data-parallel-size decode-context-parallel-size max-num-seqs seed
    num-gpu-blocks-override max-logprobs max-loras max-lora-rank max-cpu-loras
    lora-extra-vocab-size max-num-partial-prefills max-long-partial-prefills
    long-prefill-token-threshold num-lookahead-slots num-redundant-experts
    eplb-window-size eplb-step-interval max-parallel-loading-workers
    dbo-decode-token-threshold dbo-prefill-token-threshold max-log-len
    mm-shm-cache-max-object-size-mb api-server-count ssl-cert-reqs
    data-parallel-rank data-parallel-start-rank data-parallel-size-local
    data-parallel-rpc-port h11-max-incomplete-event-size h11-max-header-count`,
  float: `gpu-memory-utilization swap-space cpu-offload-gb rope-theta
    mm-processor-cache-gb video-pruning-rate`,
  list: `served-model-name api-key lora-modules middleware allowed-media-domains
    ignore-patterns logits-processors default-mm-loras`,
  boolean: `trust-remote-code enforce-eager skip-tokenizer-init
    disable-sliding-window disable-cascade-attn enable-prompt-embeds
    enable-sleep-mode interleave-mm-strings skip-mm-profiling
    disable-mm-preprocessor-cache disable-custom-all-reduce enable-dbo
    enable-eplb eplb-log-balancedness enable-expert-parallel
    ray-workers-use-nsight data-parallel-hybrid-lb data-parallel-external-lb
    use-tqdm-on-load enable-prefix-caching calculate-kv-scales
    kv-sharing-fast-prefill enable-lora enable-lora-bias fully-sharded-loras
    enable-chunked-prefill disable-chunked-mm-input
    disable-hybrid-kv-cache-manager async-scheduling disable-log-stats
    enable-multimodal-encoder-data-parallel disable-uvicorn-access-log
    allow-credentials enable-ssl-refresh trust-request-chat-template
    return-tokens-as-token-ids disable-frontend-multiprocessing
    enable-request-id-headers enable-auto-tool-choice
    exclude-tools-when-tool-choice-none disable-fastapi-docs
    enable-prompt-tokens-details enable-server-load-tracking
    enable-force-include-usage enable-tokenizer-info-endpoint
    enable-log-outputs log-error-stack enable-log-requests
    disable-log-requests headless`,
  string: `model host uds dtype quantization kv-cache-dtype download-dir revision
    code-revision tokenizer tokenizer-mode tokenizer-revision task runner
    convert load-format config-format hf-config-path hf-token hf-overrides
    generation-config override-generation-config model-impl logprobs-mode
    rope-scaling pooler-config override-pooler-config override-attention-dtype
    allowed-local-media-path logits-processor-pattern io-processor-plugin
    model-loader-extra-config safetensors-load-strategy reasoning-parser
    distributed-executor-backend expert-placement-strategy eplb-config
    worker-cls worker-extension-cls prefix-caching-hash-algo mamba-cache-dtype
    mamba-ssm-cache-dtype limit-mm-per-prompt media-io-kwargs
    mm-processor-kwargs mm-processor-cache-type mm-encoder-tp-mode lora-dtype
    show-hidden-metrics-for-version otlp-traces-endpoint
    collect-detailed-traces scheduling-policy scheduler-cls
    speculative-config kv-transfer-config kv-events-config compilation-config
    additional-config structured-outputs-config guided-decoding-backend
    data-parallel-address data-parallel-backend uvicorn-log-level
    allowed-origins allowed-methods allowed-headers chat-template
    chat-template-content-format response-role ssl-keyfile ssl-certfile
    ssl-ca-certs root-path tool-call-parser tool-parser-plugin tool-server
    log-config-file`,
};

function buildFlags(): Map<string, Flag> {
  const flags = new Map<string, Flag>();
  for (const [kind, names] of Object.entries(NAMES)) {
    for (const name of names.split(/\s+/)) {
      flags.set(name, {
        name,
        kind: kind as FlagKind,
        choices: CHOICES[name],
      });
    }
  }
  return flags;
}

/** The options of vLLM 0.11.0's server, by name without dashes. */
export const FLAGS: ReadonlyMap<string, Flag> = buildFlags();
