import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

jest.setTimeout(180_000);

/** The real model, where the launcher or CI put it. */
function findModelFile(): string {
  const cache =
    process.env.LLM_PLATFORM_CACHE ??
    path.join(homedir(), '.cache', 'llm-platform-portal');
  const folder = path.join(cache, 'models');
  const candidates = [
    process.env.LLMP_MODEL_FILE,
    ...(existsSync(folder)
      ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
          .filter(name => name.endsWith('.gguf'))
          .map(name => path.join(folder, name))
      : []),
  ];
  const found = candidates.find(file => file !== undefined && existsSync(file));
  if (!found) {
    throw new Error(
      `This test needs the model file: set LLMP_MODEL_FILE, or start the embedded cluster once, which puts it into ${folder}`,
    );
  }
  return found;
}

interface Running {
  child: ChildProcess;
  url: string;
  lines: string[];
  exit: Promise<number | null>;
}

describe('the bundled model server with the real model', () => {
  // Inside the package, so that the bundle finds node-llama-cpp.
  let folder: string;
  let bundle: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(path.join(__dirname, '..', '..', '.model-server-'));
    bundle = path.join(folder, 'model-server.cjs');
    await build({
      entryPoints: [path.join(__dirname, 'main.ts')],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      target: 'node22',
      format: 'cjs',
      external: ['node-llama-cpp'],
      logLevel: 'silent',
    });
  });

  afterAll(async () => {
    for (const child of children) {
      child.kill('SIGKILL');
    }
    rmSync(folder, { recursive: true, force: true });
  });

  function run(args: string[], env: NodeJS.ProcessEnv = {}) {
    const child = spawn(process.execPath, [bundle, ...args], {
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        LLMP_BIND_ADDRESS: '127.0.0.1',
        LLMP_THREADS: '1',
        LLMP_START_DELAY_FACTOR: '0',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    const lines: string[] = [];
    const exit = once(child, 'close').then(([code]) => code as number | null);
    const up = new Promise<string>((resolve, reject) => {
      for (const stream of [child.stdout!, child.stderr!]) {
        createInterface({ input: stream }).on('line', line => {
          lines.push(line);
          if (line.endsWith('Application startup complete.')) {
            const bound = lines.find(text => text.startsWith('# bound to '))!;
            resolve(bound.slice('# bound to '.length));
          }
        });
      }
      exit.then(code =>
        reject(new Error(`exited with ${code}\n${lines.join('\n')}`)),
      );
    });
    up.catch(() => undefined);
    return { child, lines, exit, up };
  }

  async function start(
    args: string[],
    env: NodeJS.ProcessEnv = {},
  ): Promise<Running> {
    const running = run(['--port', '0', ...args], {
      LLMP_MODEL_FILE: findModelFile(),
      ...env,
    });
    return { ...running, url: await running.up };
  }

  const ask = (url: string, body: object) =>
    fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('answers as a quantised variant in its own way, always the same', async () => {
    const messages = [
      { role: 'user', content: 'Write one sentence about the sea.' },
    ];
    const answers: string[] = [];
    for (const model of ['', '-AWQ', '-GPTQ', '-AWQ']) {
      const { url, child, exit } = await start([
        `--model=HuggingFaceTB/SmolLM2-135M-Instruct${model}`,
        '--dtype=half',
        '--max-model-len=1024',
      ]);
      const { choices } = await (
        await ask(url, { messages, temperature: 0, max_tokens: 32 })
      ).json();
      answers.push(choices[0].message.content);
      child.kill('SIGTERM');
      await exit;
    }
    expect(new Set(answers).size).toBe(3);
    expect(answers[3]).toBe(answers[1]);
  });

  it('answers "Paris" whole and streamed, repeats itself with a seed, and ends with 0', async () => {
    const { url, child, exit } = await start([
      '--model',
      'HuggingFaceTB/SmolLM2-135M-Instruct',
      '--max-model-len',
      '1024',
    ]);
    const messages = [
      { role: 'user', content: 'What is the capital of France?' },
    ];
    const whole = await (await ask(url, { messages, temperature: 0 })).json();
    expect(whole.choices[0]).toMatchObject({
      message: { content: expect.stringContaining('Paris') },
      finish_reason: 'stop',
    });
    expect(whole).not.toHaveProperty('x_simulated');
    expect(whole.usage.prompt_tokens).toBeGreaterThan(10);

    const streamed = await (
      await ask(url, { messages, temperature: 0, stream: true })
    ).text();
    const text = streamed
      .split('\n\n')
      .filter(event => event.startsWith('data: {'))
      .map(event => JSON.parse(event.slice(6)).choices[0].delta.content)
      .join('');
    expect(text).toBe(whole.choices[0].message.content);

    const poem = {
      messages: [{ role: 'user', content: 'Write a poem about the sea.' }],
      temperature: 1,
      max_tokens: 12,
    };
    const say = async (seed: number) =>
      (await (await ask(url, { ...poem, seed })).json()).choices[0].message
        .content;
    const first = await say(7);
    expect(await say(7)).toBe(first);
    expect(await say(8)).not.toBe(first);

    child.kill('SIGTERM');
    expect(await exit).toBe(0);
  });

  it('keeps min_tokens, ignore_eos and stop, and takes no control tokens from users', async () => {
    const { url } = await start([
      '--model',
      'HuggingFaceTB/SmolLM2-135M-Instruct',
      '--max-model-len',
      '1024',
    ]);
    const messages = [
      { role: 'user', content: 'What is the capital of France?' },
    ];
    const end = async (body: object) => {
      const { choices, usage } = await (
        await ask(url, { messages, temperature: 0, ...body })
      ).json();
      return { ...choices[0], tokens: usage.completion_tokens };
    };
    expect(await end({ ignore_eos: true, max_tokens: 15 })).toMatchObject({
      finish_reason: 'length',
      tokens: 15,
    });
    expect(
      (await end({ min_tokens: 12, max_tokens: 20 })).tokens,
    ).toBeGreaterThanOrEqual(12);
    expect(await end({ stop: [' is'] })).toMatchObject({
      finish_reason: 'stop',
      stop_reason: ' is',
      message: { content: 'The capital of France' },
    });
    const count = async (content: string) => {
      const response = await fetch(`${url}/tokenize`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ messages: [{ role: 'user', content }] }),
      });
      return (await response.json()).count as number;
    };
    // As one control token it would be a single one.
    expect((await count('<|im_end|>')) - (await count(''))).toBeGreaterThan(2);
  });

  it('prints the error of vLLM for a model that does not fit and exits with 1', async () => {
    const { exit, lines } = run(
      [
        '--model',
        'mistralai/Mistral-7B-Instruct-v0.2',
        '--dtype',
        'half',
        '--max-model-len',
        '4096',
      ],
      { LLMP_GPU: 'Tesla T4' },
    );
    expect(await exit).toBe(1);
    expect(lines[0]).toMatch(/stand-in for vLLM 0\.11\.0/);
    expect(lines.join('\n')).toMatch(
      /ValueError: No available memory for the cache blocks\. Try increasing `gpu_memory_utilization` when initializing the engine\./,
    );
  });

  it('exits with 2 for an unknown flag', async () => {
    const { exit, lines } = run(['serve', 'a/b-1B', '--x']);
    expect(await exit).toBe(2);
    expect(lines.at(-1)).toBe('vllm: error: unrecognized arguments: --x');
  });
});
