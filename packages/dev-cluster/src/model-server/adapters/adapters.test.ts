import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { StartFailure } from '../startup';
import { FakeTextEngine } from '../testing/fakeTextEngine';
import { startTestServer, TestServer } from '../testing/startTestServer';

const SMOLLM2 =
  '--model HuggingFaceTB/SmolLM2-135M-Instruct --served-model-name base';
const LORA =
  '--enable-lora --max-loras 2 --lora-modules polite=org/polite {"name":"brief","path":"org/brief","base_model_name":"SmolLM2"}';
const QUESTION = [{ role: 'user', content: 'How are you?' }];

describe('LoRA adapters', () => {
  let server: TestServer | undefined;
  const start = async (
    commandLine: string,
    engine = new FakeTextEngine('All is well.'),
    lines: string[] = [],
  ) => {
    server = await startTestServer(engine, commandLine, lines);
    return server;
  };
  afterEach(async () => {
    await server?.stop(100);
    server = undefined;
  });

  it('are listed beside their base, with parent and root', async () => {
    const { url } = await start(`${SMOLLM2} ${LORA}`);
    const { data } = await (await fetch(`${url}/v1/models`)).json();
    expect(data).toMatchObject([
      {
        id: 'base',
        root: 'HuggingFaceTB/SmolLM2-135M-Instruct',
        parent: null,
        max_model_len: 8192,
      },
      { id: 'polite', root: 'org/polite', parent: 'base', max_model_len: null },
      { id: 'brief', root: 'org/brief', parent: 'SmolLM2' },
    ]);
    expect(data[0]).not.toHaveProperty('x_simulated');
    expect(data[1].x_simulated).toBe(
      'the LoRA adapter polite is simulated by another style of the same model',
    );
  });

  it('answer each in their own way, labelled, the base as before', async () => {
    const engine = new FakeTextEngine('All is well.');
    const { post } = await start(`${SMOLLM2} ${LORA}`, engine);
    const ask = async (model: string) => {
      const response = await post('/v1/chat/completions', {
        model,
        messages: QUESTION,
      });
      const body = await response.json();
      return {
        text: body.choices[0].message.content,
        model: body.model,
        label: body.x_simulated,
        header: response.headers.get('x-llm-platform-simulated'),
        tokens: body.usage.completion_tokens,
      };
    };
    expect(await ask('base')).toEqual({
      text: 'All is well.',
      model: 'base',
      label: undefined,
      header: null,
      tokens: 3,
    });
    const polite = await ask('polite');
    expect(polite).toMatchObject({ model: 'polite', tokens: 7 });
    expect(polite.text).toMatch(/^Thank you for asking!.*All is well\.$/);
    expect(polite.label).toMatch(/LoRA adapter polite is simulated/);
    expect(polite.header).toBe(polite.label);
    expect((await ask('brief')).text).toMatch(/^In short:.*All is well\.$/);
    // The model goes on from the opening, in the adapter's style.
    const prompts = engine.requests.map(r => engine.detokenize(r.promptTokens));
    expect(prompts[0]).not.toContain('system');
    expect(prompts[1]).toMatch(/^<\|im_start\|>system\nYou are a friendly/);
    expect(prompts[1]).toMatch(/assistant\s*Thank you for asking!$/);
  });

  it('answer completions and streams too, within max_tokens', async () => {
    const { post } = await start(`${SMOLLM2} ${LORA}`);
    const completion = await (
      await post('/v1/completions', { model: 'brief', prompt: 'Well' })
    ).json();
    expect(completion.choices[0].text).toMatch(/^In short:.*All is well\.$/);
    const cut = await (
      await post('/v1/completions', {
        model: 'brief',
        prompt: 'Well',
        max_tokens: 1,
      })
    ).json();
    expect(cut.choices[0]).toMatchObject({
      text: 'In',
      finish_reason: 'length',
    });
    const stream = await (
      await post('/v1/chat/completions', {
        model: 'polite',
        messages: QUESTION,
        stream: true,
      })
    ).text();
    expect(stream).toContain('"content":"Thank"');
    expect(stream).toContain('"content":" well."');
    expect(stream.split('\n')[0]).toContain('LoRA adapter polite');
  });

  it('that nobody serves are a 404 in the words of vLLM', async () => {
    const { post } = await start(`${SMOLLM2} ${LORA}`);
    const response = await post('/v1/chat/completions', {
      model: 'rude',
      messages: QUESTION,
    });
    expect(response.status).toBe(404);
    expect((await response.json()).error).toMatchObject({
      message: 'The model `rude` does not exist.',
      type: 'NotFoundError',
      code: 404,
    });
  });

  it('are each in the log of the start', async () => {
    const { lines } = await start(`${SMOLLM2} ${LORA}`);
    expect(lines.join('\n')).toMatch(
      /Loaded new LoRA adapter: name 'polite', path 'org\/polite'/,
    );
  });

  it.each([
    [
      'no --enable-lora',
      '--lora-modules a=org/a',
      'Call to add_lora method failed: LoRA is not enabled.',
    ],
    [
      'a folder that is not there',
      '--enable-lora --lora-modules a=/nowhere/a',
      'Call to add_lora method failed: Loading lora a failed: No adapter found for /nowhere/a',
    ],
    [
      'a rank that vLLM has no kernels for',
      '--enable-lora --max-lora-rank 12',
      'max_lora_rank (12) must be one of (8, 16, 32, 64, 128, 256, 320, 512).',
    ],
    [
      'no room for any',
      '--enable-lora --max-loras 0',
      'max_loras (0) must be >= 1.',
    ],
  ])('end the start with %s', async (_, flags, message) => {
    await expect(start(`${SMOLLM2} ${flags}`)).rejects.toThrow(
      new StartFailure('adapters', message),
    );
  });

  it('end the start when their rank is over --max-lora-rank', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'lora-'));
    try {
      writeFileSync(path.join(folder, 'adapter_config.json'), '{"r": 64}');
      const flags = `--enable-lora --lora-modules a=${folder}`;
      await expect(start(`${SMOLLM2} ${flags}`)).rejects.toThrow(
        'Call to add_lora method failed: LoRA rank 64 is greater than max_lora_rank 16.',
      );
      await start(`${SMOLLM2} ${flags} --max-lora-rank 64`);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
