import { ArgumentError } from './argumentError';
import { readServerArguments } from './serverArguments';

function errorOf(argv: string[]): string {
  try {
    readServerArguments(argv);
  } catch (error) {
    if (error instanceof ArgumentError) {
      return error.toUsageText().split('\n').at(-1)!;
    }
    throw error;
  }
  return 'no error';
}

describe('readServerArguments', () => {
  it('has the defaults of vLLM', () => {
    expect(readServerArguments(['--model', 'a/b'])).toMatchObject({
      model: 'a/b',
      servedModelNames: ['a/b'],
      port: 8000,
      dtype: 'auto',
      gpuMemoryUtilization: 0.9,
      tensorParallelSize: 1,
      blockSize: 16,
      swapSpace: 4,
      enforceEager: false,
      enablePrefixCaching: true,
      apiKeys: [],
    });
  });

  it('reads the preset of the original deployment', () => {
    const args = readServerArguments(
      '--model TheBloke/Mistral-7B-Instruct-v0.2-AWQ --quantization awq --dtype half --max-model-len 4096 --gpu-memory-utilization 0.90 --served-model-name mistral mistral-7b --disable-log-requests'.split(
        ' ',
      ),
    );
    expect(args).toMatchObject({
      quantization: 'awq',
      dtype: 'half',
      maxModelLen: 4096,
      gpuMemoryUtilization: 0.9,
      servedModelNames: ['mistral', 'mistral-7b'],
    });
  });

  it.each([
    [['serve', 'a/b', '--port', '9000'], { model: 'a/b', port: 9000 }],
    [['vllm', 'serve', 'a/b'], { model: 'a/b' }],
    [
      ['python3', '-m', 'vllm.entrypoints.openai.api_server', '--model=a/b'],
      { model: 'a/b' },
    ],
    [['--max_model_len=4096'], { maxModelLen: 4096 }],
    [['--max-model-len', '4k'], { maxModelLen: 4000 }],
    [['--max-model-len', '4K'], { maxModelLen: 4096 }],
    [['--max-model-len', '25.6k'], { maxModelLen: 25600 }],
    [['--no-enable-prefix-caching'], { enablePrefixCaching: false }],
    [['-tp', '2'], { tensorParallelSize: 2 }],
    [['--gpu-mem', '0.5'], { gpuMemoryUtilization: 0.5 }],
    [['--uvicorn-log-level', 'warning'], { accessLog: false }],
    [['--seed', '-1'], { seed: -1 }],
    [
      [
        '--enable-lora',
        '--max-lora-rank=64',
        '--lora-modules',
        'a=org/a',
        '{"name": "b", "path": "/b", "base_model_name": "base"}',
        '--max-loras',
        '4',
      ],
      {
        enableLora: true,
        maxLoras: 4,
        maxLoraRank: 64,
        loraModules: [
          { name: 'a', path: 'org/a' },
          { name: 'b', path: '/b', baseModelName: 'base' },
        ],
      },
    ],
  ])('reads %j', (argv, expected) => {
    expect(readServerArguments(argv)).toMatchObject(expected);
  });

  it.each([
    [['--x'], 'api_server.py: error: unrecognized arguments: --x'],
    [['serve', 'a', '--x', '1'], 'vllm: error: unrecognized arguments: --x 1'],
    [
      ['--model'],
      'api_server.py: error: argument --model: expected one argument',
    ],
    [
      ['--port', 'http'],
      "api_server.py: error: argument --port: invalid int value: 'http'",
    ],
    [
      ['serve', 'a', '--dtype', 'int8'],
      "vllm serve: error: argument --dtype: invalid choice: 'int8' (choose from auto, bfloat16, float, float16, float32, half)",
    ],
    [
      ['--max-model-len', 'long'],
      "api_server.py: error: argument --max-model-len: invalid human_readable_int value: 'long'",
    ],
    [
      ['--gpu-memory-utilization', 'high'],
      "api_server.py: error: argument --gpu-memory-utilization: invalid float value: 'high'",
    ],
    [
      ['--served-model-name'],
      'api_server.py: error: argument --served-model-name: expected at least one argument',
    ],
    [
      ['--max-num', '1'],
      'api_server.py: error: ambiguous option: --max-num could match --max-num-batched-tokens, --max-num-seqs, --max-num-partial-prefills',
    ],
    [
      ['--lora-modules', 'a'],
      'api_server.py: error: Invalid JSON format for --lora-modules: a',
    ],
    [
      ['serve', 'm', '--lora-modules', '{"name": "a"}'],
      `vllm serve: error: Invalid fields for --lora-modules: {"name": "a"} - LoRAModulePath.__init__() missing 1 required positional argument: 'path'`,
    ],
  ])('refuses %j in the words of argparse', (argv, message) => {
    expect(errorOf(argv)).toBe(message);
  });

  it('keeps API keys out of what the log shows', () => {
    const { nonDefault, apiKeys } = readServerArguments(['--api-key', 'k1']);
    expect(apiKeys).toEqual(['k1']);
    expect(JSON.stringify(nonDefault)).not.toContain('k1');
  });
});
