import { readServerArguments } from '../arguments';
import { runStart } from './runStart';
import { StartFailure } from './startFailure';
import { printStartFailure } from './tracebacks';
import { VllmLog } from './vllmLog';

interface Played {
  lines: string[];
  failure?: StartFailure;
  /** Without prefixes, levels and times. */
  messages: string[];
}

async function play(commandLine: string, gpuName?: string): Promise<Played> {
  const lines: string[] = [];
  let clock = Date.UTC(2026, 10, 23, 8, 0, 0);
  const log = new VllmLog({
    write: line => lines.push(line),
    now: () => new Date(clock),
    pid: 1,
  });
  let failure: StartFailure | undefined;
  try {
    await runStart({
      args: readServerArguments(commandLine.split(' ')),
      gpuName,
      log,
      now: () => clock,
      pause: async seconds => {
        clock += seconds * 1000;
      },
      marker: { exists: async () => false, write: async () => {} },
      loadEngine: async () => {},
      real: false,
    });
  } catch (error) {
    if (!(error instanceof StartFailure)) {
      throw error;
    }
    failure = error;
    printStartFailure(log, error);
  }
  const messages = lines.map(line =>
    line
      .replace(/^\(\w+ pid=\d+\) /, '')
      .replace(/^(INFO|WARNING|ERROR) [\d-]+ [\d:]+ \[\S+\] /, ''),
  );
  return { lines, failure, messages };
}

const AWQ =
  '--model TheBloke/Mistral-7B-Instruct-v0.2-AWQ --quantization awq --dtype half --max-model-len 4096 --gpu-memory-utilization 0.90';

/** Those of the patterns that are found, each after the one before. */
function foundInOrder(messages: string[], expected: RegExp[]): RegExp[] {
  const rest = [...messages];
  return expected.filter(pattern => {
    const at = rest.findIndex(message => pattern.test(message));
    rest.splice(0, at + 1);
    return at >= 0;
  });
}

describe('runStart', () => {
  it('starts Mistral-7B AWQ on a T4 with the lines of vLLM in their order', async () => {
    const { messages, lines, failure } = await play(AWQ, 'Tesla T4');
    expect(failure).toBeUndefined();
    const expected = [
      /^Automatically detected platform cuda\.$/,
      /^vLLM API server version 0\.11\.0$/,
      /^non-default args: \{'model': 'TheBloke\/.*'quantization': 'awq'/,
      /^Using max model len 4096$/,
      /^Initializing a V1 LLM engine \(v0\.11\.0\) with config: model='TheBloke/,
      /^Starting to load model TheBloke/,
      /^Time spent downloading weights for TheBloke\/\S+: 1\.200000 seconds$/,
      /^Loading safetensors checkpoint shards: 100% Completed \| 1\/1/,
      /^Loading weights took 0\.80 seconds$/,
      /^Model loading took 3\.8800 GiB and 2\.000000 seconds$/,
      /^Dynamo bytecode transform time/,
      /^torch\.compile takes 0\.80 s in total$/,
      /^Available KV cache memory: 8\.44 GiB$/,
      /^GPU KV cache size: 69,168 tokens$/,
      /^Maximum concurrency for 4,096 tokens per request: 16\.89x$/,
      /^Graph capturing finished in 1 secs, took 0\.21 GiB$/,
      /^init engine \(profile, create kv cache, warmup model\) took 1\.40 seconds$/,
      /^Engine 000: vllm cache_config_info with initialization after num_gpu_blocks is: 4323$/,
    ];
    expect(foundInOrder(messages, expected)).toEqual(expected);
    expect(lines).toContain(
      '(APIServer pid=1) INFO 11-23 08:00:00 [api_server.py:1839] vLLM API server version 0.11.0',
    );
    expect(messages.join('\n')).toMatch(/# simulated figures/);
  });

  it('leaves compiling and graphs out with --enforce-eager', async () => {
    const { messages } = await play(`${AWQ} --enforce-eager`, 'Tesla T4');
    expect(messages.join('\n')).not.toMatch(/torch\.compile|Graph capturing/);
  });

  it('has no memory left for Mistral-7B in 16 bit on a T4', async () => {
    const { messages, failure, lines } = await play(
      '--model mistralai/Mistral-7B-Instruct-v0.2 --dtype half --max-model-len 4096',
      'Tesla T4',
    );
    expect(failure).toBeDefined();
    const expected = [
      /^Model loading took 13\.4976 GiB/,
      /^Available KV cache memory: -1\.17 GiB$/,
      /^EngineCore failed to start\.$/,
      /^Traceback \(most recent call last\):$/,
      /^ValueError: No available memory for the cache blocks\. Try increasing `gpu_memory_utilization` when initializing the engine\.$/,
      /^Process EngineCore_DP0:$/,
      /^RuntimeError: Engine core initialization failed\. See root cause above\. Failed core proc\(s\): \{'EngineCore_DP0': 1\}$/,
    ];
    expect(foundInOrder(messages, expected)).toEqual(expected);
    expect(lines).toContain(
      '(EngineCore_DP0 pid=1) ERROR 11-23 08:00:03 [core.py:708] EngineCore failed to start.',
    );
  });

  it('replays the recorded second error of the same model', async () => {
    const { messages } = await play(
      '--model mistralai/Mistral-7B-Instruct-v0.2 --dtype half --max-model-len 2048 --gpu-memory-utilization 0.95',
      'Tesla T4',
    );
    expect(messages).toContain(
      "ValueError: To serve at least one request with the models's max seq len (2048), (0.25 GiB KV cache is needed, which is larger than the available KV cache memory (0.24 GiB). Based on the available memory, the estimated maximum model length is 1936. Try increasing `gpu_memory_utilization` or decreasing `max_model_len` when initializing the engine.",
    );
    expect(messages.join('\n')).toMatch(/# recorded figures/);
  });

  it.each([
    [
      'weights larger than the GPU',
      '--model meta-llama/Llama-3.1-8B-Instruct --dtype half',
      /^torch\.OutOfMemoryError: CUDA out of memory\. Tried to allocate 112\.00 MiB\. GPU 0 has a total capacity of 14\.56 GiB of which/,
    ],
    [
      'bfloat16 on a T4',
      '--model Qwen/Qwen3-0.6B --dtype bfloat16',
      /^ValueError: Bfloat16 is only supported on GPUs with compute capability of at least 8\.0\. Your Tesla T4 GPU has compute capability 7\.5\./,
    ],
    [
      'bfloat16 with AWQ',
      '--model TheBloke/Mistral-7B-Instruct-v0.2-AWQ --dtype bfloat16',
      /^ {2}Value error, torch\.bfloat16 is not supported for quantization method awq\. Supported dtypes: \[torch\.float16\]/,
    ],
    [
      'AWQ on a checkpoint that is not',
      '--model mistralai/Mistral-7B-Instruct-v0.2 --quantization awq',
      /Cannot find the config file for awq/,
    ],
    [
      'another quantization than the checkpoint has',
      '--model TheBloke/Mistral-7B-Instruct-v0.2-AWQ --quantization gptq',
      /Quantization method specified in the model config \(awq\) does not match/,
    ],
    [
      'a longer context than the model has',
      '--model TheBloke/Mistral-7B-Instruct-v0.2-AWQ --max-model-len 40000',
      /User-specified max_model_len \(40000\) is greater than the derived max_model_len \(max_position_embeddings=32768/,
    ],
    [
      'more memory than there is',
      '--model Qwen/Qwen3-0.6B --gpu-memory-utilization 1.5',
      /GPU memory utilization must be less than 1\.0\. Got 1\.5\./,
    ],
    [
      'more GPUs than a pod has',
      '--model Qwen/Qwen3-0.6B --tensor-parallel-size 2',
      /--tensor-parallel-size 2 needs as many GPUs/,
    ],
    [
      'a model nothing is known about',
      '--model foo/bar',
      /no recorded figures for foo\/bar/,
    ],
  ])('refuses %s', async (_, commandLine, message) => {
    const { messages, failure } = await play(commandLine, 'Tesla T4');
    expect(failure).toBeDefined();
    expect(messages.some(line => message.test(line))).toBe(true);
  });

  it('derives the figures of an unrecorded model from the nearest one and says so', async () => {
    const { messages, failure } = await play(
      '--model someone/Great-Model-7B-AWQ --max-model-len 2048',
      'T4',
    );
    expect(failure).toBeUndefined();
    const expected = [
      /# simulated figures.*scaled by size from TheBloke\/Mistral-7B-Instruct-v0\.2-AWQ/,
      /^Model loading took 3\.7514 GiB/,
    ];
    expect(foundInOrder(messages, expected)).toEqual(expected);
  });

  it('falls back to 16-bit floats on a T4 as vLLM does', async () => {
    const { messages } = await play('--model Qwen/Qwen3-0.6B', 'Tesla T4');
    expect(messages).toContain(
      "Your device 'Tesla T4' (with compute capability 7.5) doesn't support torch.bfloat16. Falling back to torch.float16 for compatibility.",
    );
  });

  it('starts SmolLM2 on the CPU backend', async () => {
    const { messages } = await play(
      '--model HuggingFaceTB/SmolLM2-135M-Instruct --max-model-len 2048',
    );
    const expected = [
      /^Automatically detected platform cpu\.$/,
      /VLLM_CPU_KVCACHE_SPACE \(GiB\) for CPU backend is not set, using 4 by default/,
      /^Loading weights took/,
      /^GPU KV cache size: 186,400 tokens$/,
      /^Warming up model for the compilation\.\.\.$/,
      /^Warming up done\.$/,
    ];
    expect(foundInOrder(messages, expected)).toEqual(expected);
  });
});
