import { StartFailure } from './startFailure';
import type { VllmLog } from './vllmLog';

const PACKAGE = '/usr/local/lib/python3.12/dist-packages/vllm';
const CORE = `${PACKAGE}/v1/engine/core.py`;
const KV = `${PACKAGE}/v1/core/kv_cache_utils.py`;

type Frame = readonly [file: string, line: number, fn: string, code: string];

const ENGINE_FRAMES: readonly Frame[] = [
  [
    CORE,
    699,
    'run_engine_core',
    'engine_core = EngineCoreProc(*args, **kwargs)',
  ],
  [
    CORE,
    498,
    '__init__',
    'super().__init__(vllm_config, executor_class, log_stats,',
  ],
];

const EXECUTOR_FRAMES: readonly Frame[] = [
  [CORE, 83, '__init__', 'self.model_executor = executor_class(vllm_config)'],
  [
    `${PACKAGE}/executor/executor_base.py`,
    54,
    '__init__',
    'self._init_executor()',
  ],
];

/** The innermost frames of each kind of failure. */
const FRAMES: Readonly<
  Record<
    Exclude<StartFailure['where'], 'config' | 'adapters'>,
    readonly Frame[]
  >
> = {
  'kv-cache': [
    [CORE, 92, '__init__', 'self._initialize_kv_caches(vllm_config)'],
    [
      CORE,
      199,
      '_initialize_kv_caches',
      'kv_cache_configs = get_kv_cache_configs(vllm_config, kv_cache_specs,',
    ],
    [
      KV,
      1243,
      'get_kv_cache_configs',
      'check_enough_kv_cache_memory(vllm_config, kv_cache_spec_one_worker,',
    ],
    [KV, 699, 'check_enough_kv_cache_memory', 'raise ValueError('],
  ],
  device: [
    ...EXECUTOR_FRAMES,
    [
      `${PACKAGE}/executor/uniproc_executor.py`,
      54,
      '_init_executor',
      'self.collective_rpc("init_device")',
    ],
    [
      `${PACKAGE}/v1/worker/gpu_worker.py`,
      163,
      'init_device',
      'current_platform.check_if_supports_dtype(self.model_config.dtype)',
    ],
  ],
  load: [
    ...EXECUTOR_FRAMES,
    [
      `${PACKAGE}/executor/uniproc_executor.py`,
      55,
      '_init_executor',
      'self.collective_rpc("load_model")',
    ],
    [
      `${PACKAGE}/v1/worker/gpu_model_runner.py`,
      2635,
      'load_model',
      'self.model = model_loader.load_model(',
    ],
  ],
};

/** Adapters are loaded by the API server, once its engine is up. */
const ADAPTER_FRAMES: readonly Frame[] = [
  [
    `${PACKAGE}/entrypoints/openai/api_server.py`,
    1772,
    'init_app_state',
    'await state.openai_serving_models.init_static_loras()',
  ],
  [
    `${PACKAGE}/entrypoints/openai/serving_models.py`,
    107,
    'init_static_loras',
    'raise ValueError(load_result.error.message)',
  ],
];

function traceback(frames: readonly Frame[], error: string): string {
  const lines = frames.map(
    ([file, line, fn, code]) =>
      `  File "${file}", line ${line}, in ${fn}\n    ${code}`,
  );
  return ['Traceback (most recent call last):', ...lines, error].join('\n');
}

function apiServerFrames(last: readonly Frame[]): readonly Frame[] {
  const api = `${PACKAGE}/entrypoints/openai/api_server.py`;
  return [
    ['<frozen runpy>', 198, '_run_module_as_main', ''],
    ['<frozen runpy>', 88, '_run_code', ''],
    [api, 1953, '<module>', 'uvloop.run(run_server(args))'],
    [
      api,
      1884,
      'run_server',
      'await run_server_worker(listen_address, sock, args, **uvicorn_kwargs)',
    ],
    [api, 1902, 'run_server_worker', 'async with build_async_engine_client('],
    ...last,
  ];
}

/** Prints a failure in the shape of vLLM's V1 engine. */
export function printStartFailure(log: VllmLog, failure: StartFailure): void {
  if (failure.where === 'config') {
    const error = failure.configClass
      ? [
          `pydantic_core._pydantic_core.ValidationError: 1 validation error for ${failure.configClass}`,
          `  Value error, ${failure.message} [type=value_error, input_value=ArgsKwargs((), {}), input_type=ArgsKwargs]`,
          '    For further information visit https://errors.pydantic.dev/2.11/v/value_error',
        ].join('\n')
      : `${failure.type}: ${failure.message}`;
    log.raw(
      'APIServer',
      traceback(
        apiServerFrames([
          [
            `${PACKAGE}/engine/arg_utils.py`,
            1142,
            'create_engine_config',
            'model_config = self.create_model_config()',
          ],
        ]),
        error,
      ).replace(/\n {4}\n/g, '\n'),
    );
    return;
  }
  const error = `${failure.type}: ${failure.message}`;
  if (failure.where === 'adapters') {
    log.raw('APIServer', traceback(apiServerFrames(ADAPTER_FRAMES), error));
    return;
  }
  const inner = traceback([...ENGINE_FRAMES, ...FRAMES[failure.where]], error);
  log.error('EngineCore_DP0', 'core.py:708', 'EngineCore failed to start.');
  log.error('EngineCore_DP0', 'core.py:708', inner);
  log.raw('EngineCore_DP0', `Process EngineCore_DP0:\n${inner}`);
  log.raw(
    'APIServer',
    traceback(
      apiServerFrames([
        [
          `${PACKAGE}/v1/engine/core_client.py`,
          448,
          '__init__',
          'with launch_core_engines(vllm_config, executor_class,',
        ],
        [
          `${PACKAGE}/v1/engine/utils.py`,
          785,
          'wait_for_engine_startup',
          'raise RuntimeError("Engine core initialization failed. "',
        ],
      ]),
      "RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {'EngineCore_DP0': 1}",
    ).replace(/\n {4}\n/g, '\n'),
  );
}
