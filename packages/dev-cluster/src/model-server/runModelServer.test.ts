import { readServerArguments } from './arguments';
import { TextEngine, UnavailableTextEngine } from './engine';
import { runModelServer, RunningModelServer } from './runModelServer';
import { FakeTextEngine } from './testing/fakeTextEngine';

const SMOLLM2 = '--model HuggingFaceTB/SmolLM2-135M-Instruct --port 0';
const AWQ =
  '--model TheBloke/Mistral-7B-Instruct-v0.2-AWQ --dtype half --max-model-len 4096 --port 0';
const QUESTION = [{ role: 'user', content: 'What is the capital of France?' }];

describe('the model server', () => {
  let server: RunningModelServer | undefined;
  let lines: string[] = [];

  async function start(
    engine: TextEngine,
    commandLine = SMOLLM2,
    gpu?: string,
  ): Promise<RunningModelServer> {
    lines = [];
    server = await runModelServer({
      args: readServerArguments(commandLine.split(' ')),
      environment: {
        bindAddress: '127.0.0.1',
        threads: 1,
        gpu,
        delayFactor: 0,
      },
      env: {},
      write: line => lines.push(line),
      loadEngine: async () => engine,
    });
    return server;
  }

  function post(path: string, body: unknown, init: RequestInit = {}) {
    return fetch(`${server!.url}${path}`, {
      method: 'POST',
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  const chat = (body: object, init?: RequestInit) =>
    post('/v1/chat/completions', { messages: QUESTION, ...body }, init);

  async function events(response: Response): Promise<any[]> {
    const text = await response.text();
    return text
      .split('\n\n')
      .filter(Boolean)
      .map(event => event.replace(/^data: /, ''))
      .map(data => (data === '[DONE]' ? data : JSON.parse(data)));
  }

  async function metric(name: string): Promise<number | undefined> {
    const text = await (await fetch(`${server!.url}/metrics`)).text();
    const line = text.split('\n').find(candidate => candidate.startsWith(name));
    return line === undefined ? undefined : Number(line.split(' ').at(-1));
  }

  afterEach(async () => {
    await server?.stop(100);
    server = undefined;
  });

  it('says in its first line what it is, and in its last that it is up', async () => {
    await start(new FakeTextEngine('Hi.'), AWQ, 'Tesla T4');
    expect(lines[0]).toMatch(
      /^# This is the embedded cluster's stand-in for vLLM 0\.11\.0: answers come from SmolLM2-135M-Instruct instead of TheBloke/,
    );
    expect(lines.at(-1)).toMatch(
      /^\(APIServer pid=\d+\) INFO: {5}Application startup complete\.$/,
    );
    expect(lines.join('\n')).toMatch(
      /Starting vLLM API server 0 on http:\/\/0\.0\.0\.0:0/,
    );
  });

  it('answers a chat whole', async () => {
    const engine = new FakeTextEngine('The capital of France is Paris.');
    await start(engine, `${SMOLLM2} --served-model-name smollm2`);
    const response = await chat({ model: 'smollm2', temperature: 0 });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-llm-platform-simulated')).toBeNull();
    const body = await response.json();
    expect(body).toMatchObject({
      object: 'chat.completion',
      model: 'smollm2',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: 'The capital of France is Paris.',
          },
          finish_reason: 'stop',
          stop_reason: null,
        },
      ],
      usage: { completion_tokens: 6 },
    });
    expect(body.id).toMatch(/^chatcmpl-[0-9a-f]{32}$/);
    expect(body.usage.total_tokens).toBe(body.usage.prompt_tokens + 6);
    expect(body).not.toHaveProperty('x_simulated');
    expect(engine.detokenize(engine.requests[0].promptTokens)).toBe(
      '<|im_start|>user\nWhat is the capital of France?<|im_end|>\n<|im_start|>assistant',
    );
  });

  it('streams a chat with usage', async () => {
    await start(new FakeTextEngine('It is Paris.'));
    const response = await chat({
      stream: true,
      stream_options: { include_usage: true, continuous_usage_stats: true },
    });
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('cache-control')).toMatch(/no-transform/);
    const chunks = await events(response);
    expect(chunks.at(-1)).toBe('[DONE]');
    expect(chunks[0].choices[0].delta).toEqual({
      role: 'assistant',
      content: '',
    });
    const texts = chunks
      .slice(1, -2)
      .map(chunk => chunk.choices[0].delta.content);
    expect(texts).toEqual(['It', ' is', ' Paris.', '']);
    expect(chunks.at(-3).choices[0].finish_reason).toBe('stop');
    expect(chunks.at(-2)).toMatchObject({
      choices: [],
      usage: { completion_tokens: 3 },
    });
    expect(chunks[2].usage.completion_tokens).toBe(2);
  });

  it('sends each token as soon as there is one', async () => {
    const engine = new FakeTextEngine('one two');
    let release: () => void = () => {};
    engine.beforeToken = () =>
      engine.requests.length > 0 && engine.active > 0
        ? new Promise(resolve => {
            release = resolve;
          })
        : Promise.resolve();
    await start(engine);
    const pending = chat({ stream: true });
    while (engine.active === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    release();
    const reader = (await pending).body!.getReader();
    let seen = '';
    while (!seen.includes('"content":"one"')) {
      seen += Buffer.from((await reader.read()).value!).toString();
    }
    expect(engine.active).toBe(1);
    expect(seen).not.toContain('two');
    await reader.cancel();
  });

  it('ends at a stop string, at max_tokens and with the answer', async () => {
    await start(new FakeTextEngine('one two three four'));
    const finish = async (body: object) => {
      const { choices } = await (await chat(body)).json();
      const [{ message, finish_reason: reason, stop_reason: stop }] = choices;
      return [message.content, reason, stop];
    };
    expect(await finish({ stop: ' three' })).toEqual([
      'one two',
      'stop',
      ' three',
    ]);
    expect(await finish({ stop: ['x', 'two'] })).toEqual([
      'one ',
      'stop',
      'two',
    ]);
    expect(await finish({ max_tokens: 2 })).toEqual([
      'one two',
      'length',
      null,
    ]);
    expect(await finish({ max_completion_tokens: 3 })).toEqual([
      'one two three',
      'length',
      null,
    ]);
    expect(
      await finish({ stop: 'two', include_stop_str_in_output: true }),
    ).toEqual(['one two', 'stop', 'two']);
  });

  it('hands the sampling parameters to the engine', async () => {
    const engine = new FakeTextEngine('x');
    await start(engine);
    await chat({ temperature: 0.7, top_p: 0.5, top_k: 5, seed: 42 });
    await chat({});
    await chat({ temperature: 1e-6 });
    const [asked, defaults, greedy] = engine.requests.map(r => r.sampling);
    expect(asked).toMatchObject({
      temperature: 0.7,
      topP: 0.5,
      topK: 5,
      seed: 42,
    });
    expect(defaults).toMatchObject({ temperature: 0.2, topP: 0.9, topK: 0 });
    expect(defaults.seed).toBeUndefined();
    expect(greedy.temperature).toBe(0);
  });

  it('has neutral defaults with --generation-config vllm', async () => {
    const engine = new FakeTextEngine('x');
    await start(engine, `${SMOLLM2} --generation-config vllm`);
    await chat({});
    expect(engine.requests[0].sampling).toMatchObject({
      temperature: 1,
      topP: 1,
    });
  });

  it('completes a text, 16 tokens by default, with echo', async () => {
    const engine = new FakeTextEngine(' is blue');
    await start(engine);
    const body = await (
      await post('/v1/completions', { prompt: 'The sky', echo: true })
    ).json();
    expect(body).toMatchObject({
      object: 'text_completion',
      choices: [{ text: 'The sky is blue', finish_reason: 'stop' }],
      usage: { prompt_tokens: 2, completion_tokens: 2, total_tokens: 4 },
    });
    expect(engine.requests[0].maxTokens).toBe(16);
    const chunks = await events(
      await post('/v1/completions', { prompt: 'The sky', stream: true }),
    );
    expect(chunks.slice(0, -1).map(chunk => chunk.choices[0].text)).toEqual([
      ' is',
      ' blue',
      '',
    ]);
  });

  it('marks everything that is not the real model', async () => {
    await start(new FakeTextEngine('Hi there.'), AWQ, 'Tesla T4');
    const label =
      'answered by SmolLM2-135M-Instruct on the CPU instead of TheBloke/Mistral-7B-Instruct-v0.2-AWQ; awq is simulated by a fixed error on the logits and 30 tokens/s at most; the Tesla T4 and its memory figures are simulated';
    const whole = await chat({});
    expect(whole.headers.get('x-llm-platform-simulated')).toBe(label);
    expect((await whole.json()).x_simulated).toBe(label);
    const streamed = await chat({ stream: true });
    expect(streamed.headers.get('x-llm-platform-simulated')).toBe(label);
    expect((await events(streamed))[0].x_simulated).toBe(label);
    const models = await (await fetch(`${server!.url}/v1/models`)).json();
    expect(models.data[0]).toMatchObject({
      id: 'TheBloke/Mistral-7B-Instruct-v0.2-AWQ',
      max_model_len: 4096,
      x_simulated: label,
      x_answered_by: 'fake model',
    });
  });

  it('serves without a model file and says so everywhere', async () => {
    await start(new UnavailableTextEngine('LLMP_MODEL_FILE is not set'));
    const body = await (await chat({})).json();
    expect(body.choices[0].message.content).toBe(
      'model file unavailable: LLMP_MODEL_FILE is not set',
    );
    expect(body.x_simulated).toMatch(/^model file unavailable/);
    const models = await (await fetch(`${server!.url}/v1/models`)).json();
    expect(models.data[0].x_answered_by).toMatch(/model file unavailable/);
    expect(lines).toContain(
      '# model file unavailable: LLMP_MODEL_FILE is not set',
    );
  });

  it.each<[string, object, number, string, RegExp]>([
    [
      'another model',
      { model: 'gpt-4' },
      404,
      'NotFoundError',
      /^The model `gpt-4` does not exist\.$/,
    ],
    [
      'a prompt over the context length',
      { messages: [{ role: 'user', content: 'word '.repeat(5000) }] },
      400,
      'BadRequestError',
      /^This model's maximum context length is 4096 tokens\. However, your request has 500\d input tokens\. Please reduce the length of the input messages\.$/,
    ],
    [
      'more tokens than are left',
      { max_tokens: 4096 },
      400,
      'BadRequestError',
      /^'max_tokens' or 'max_completion_tokens' is too large: 4096\./,
    ],
    [
      'a negative temperature',
      { temperature: -1 },
      400,
      'BadRequestError',
      /^temperature must be non-negative, got -1\.0\.$/,
    ],
    [
      'top_p of 0',
      { top_p: 0 },
      400,
      'BadRequestError',
      /^top_p must be in \(0, 1\], got 0\.0\.$/,
    ],
    [
      'several choices',
      { n: 2 },
      400,
      'BadRequestError',
      /not supported by the embedded model server/,
    ],
    [
      'logprobs',
      { logprobs: true },
      400,
      'BadRequestError',
      /`logprobs` is not supported by the embedded model server/,
    ],
    [
      'a JSON schema',
      { response_format: { type: 'json_object' } },
      400,
      'BadRequestError',
      /response_format of type 'json_object'/,
    ],
    [
      'stream options without a stream',
      { stream_options: { include_usage: true } },
      400,
      'BadRequestError',
      /^Stream options can only be defined when `stream=True`\.$/,
    ],
    [
      'an image',
      { messages: [{ role: 'user', content: [{ type: 'image_url' }] }] },
      400,
      'BadRequestError',
      /is not a multimodal model$/,
    ],
    [
      'an empty stop string',
      { stop: '' },
      400,
      'BadRequestError',
      /^stop cannot contain an empty string\.$/,
    ],
    [
      'wrong types',
      { messages: 'hi', temperature: 'hot' },
      400,
      'Bad Request',
      /'loc': \('body', 'messages'\)/,
    ],
  ])('refuses %s', async (_, body, status, type, message) => {
    await start(new FakeTextEngine('x'), AWQ, 'Tesla T4');
    const response = await chat(body);
    expect(response.status).toBe(status);
    const { error } = await response.json();
    expect(error).toMatchObject({ type, code: status });
    expect(error.message).toMatch(message);
  });

  it('refuses what is no JSON, no known path and no allowed method', async () => {
    await start(new FakeTextEngine('x'));
    const broken = await post('/v1/chat/completions', '{"messages":');
    expect(broken.status).toBe(400);
    expect((await broken.json()).error.message).toMatch(/JSON decode error/);
    const text = await post('/v1/chat/completions', 'hi', {
      headers: { 'content-type': 'text/plain' },
    });
    expect(text.status).toBe(400);
    const large = await post('/v1/completions', {
      prompt: 'x'.repeat(5 * 2 ** 20),
    });
    expect(large.status).toBe(413);
    expect((await fetch(`${server!.url}/v2`)).status).toBe(404);
    const get = await fetch(`${server!.url}/v1/chat/completions`);
    expect(get.status).toBe(405);
  });

  it('asks for the key of --api-key under /v1 only', async () => {
    await start(new FakeTextEngine('x'), `${SMOLLM2} --api-key k1 k2`);
    expect((await chat({})).status).toBe(401);
    const headers = { authorization: 'Bearer k2' };
    expect((await chat({}, { headers })).status).toBe(200);
    expect((await fetch(`${server!.url}/health`)).status).toBe(200);
  });

  it('frees the slot when the client goes away, and queues beyond the slots', async () => {
    const engine = new FakeTextEngine('one two three');
    engine.beforeToken = signal =>
      new Promise(resolve => {
        if (signal.aborted) {
          resolve();
        }
        signal.addEventListener('abort', () => resolve());
      });
    await start(engine, `${SMOLLM2} --max-num-seqs 1`);
    const first = new AbortController();
    const second = new AbortController();
    const requests = [first, second].map(({ signal }) =>
      chat({ stream: true }, { signal }).catch(() => 'aborted'),
    );
    while (
      (await metric('vllm:num_requests_running')) !== 1 ||
      (await metric('vllm:num_requests_waiting')) !== 1
    ) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(await metric('vllm:kv_cache_usage_perc')).toBeGreaterThan(0);
    first.abort();
    while ((await metric('vllm:num_requests_waiting')) !== 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    second.abort();
    while ((await metric('vllm:num_requests_running')) !== 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    expect(await Promise.all(requests)).toEqual(['aborted', 'aborted']);
    expect(engine.active).toBe(0);
    expect(
      await metric(
        'vllm:request_success_total{model_name="HuggingFaceTB/SmolLM2-135M-Instruct",engine="0",finished_reason="abort"}',
      ),
    ).toBe(2);
  });

  it("counts under vLLM's names", async () => {
    await start(
      new FakeTextEngine('one two three'),
      `${SMOLLM2} --served-model-name s`,
    );
    const { usage } = await (await chat({})).json();
    await chat({ max_tokens: 1 });
    const labels = '{model_name="s",engine="0"}';
    expect(await metric(`vllm:prompt_tokens_total${labels}`)).toBe(
      2 * usage.prompt_tokens,
    );
    expect(await metric(`vllm:generation_tokens_total${labels}`)).toBe(4);
    const success = 'vllm:request_success_total{model_name="s",engine="0"';
    expect(await metric(`${success},finished_reason="stop"}`)).toBe(1);
    expect(await metric(`${success},finished_reason="length"}`)).toBe(1);
    for (const [name, count] of [
      ['time_to_first_token_seconds', 2],
      ['e2e_request_latency_seconds', 2],
      ['inter_token_latency_seconds', 2],
      ['time_per_output_token_seconds', 2],
      ['iteration_tokens_total', 4],
    ] as const) {
      expect(await metric(`vllm:${name}_count${labels}`)).toBe(count);
    }
    expect(await metric('vllm:cache_config_info{')).toBe(1);
    expect(await metric('process_resident_memory_bytes')).toBeGreaterThan(0);
  });

  it('finishes running answers when it stops', async () => {
    const engine = new FakeTextEngine('one two');
    let release: () => void = () => {};
    engine.beforeToken = () =>
      new Promise(resolve => {
        release = resolve;
      });
    const running = await start(engine);
    const answer = chat({});
    while (engine.active === 0) {
      await new Promise(resolve => setImmediate(resolve));
    }
    const stopped = running.stop(60_000);
    server = undefined;
    await expect(fetch(`${running.url}/health`)).rejects.toThrow();
    while (engine.active > 0) {
      release();
      await new Promise(resolve => setImmediate(resolve));
    }
    const body = await (await answer).json();
    expect(body.choices[0].message.content).toBe('one two');
    await stopped;
  });

  it('says so when the engine fails, before and during a stream', async () => {
    const engine = new FakeTextEngine('one two');
    let failAfter = 0;
    engine.beforeToken = async () => {
      if (failAfter-- === 0) {
        throw new Error('the engine broke');
      }
    };
    await start(engine);
    const before = await chat({ stream: true });
    expect(before.status).toBe(500);
    expect((await before.json()).error).toMatchObject({
      type: 'InternalServerError',
      message: 'the engine broke',
    });
    failAfter = 1;
    const during = await events(await chat({ stream: true }));
    expect(during[1].choices[0].delta.content).toBe('one');
    expect(during.at(-2).error.message).toBe('the engine broke');
    expect(during.at(-1)).toBe('[DONE]');
    expect(await metric('vllm:num_requests_running')).toBe(0);
  });

  it('tokenizes and detokenizes', async () => {
    await start(new FakeTextEngine('x'));
    const { tokens, count } = await (
      await post('/tokenize', { prompt: 'two words' })
    ).json();
    expect(count).toBe(2);
    const { prompt } = await (await post('/detokenize', { tokens })).json();
    expect(prompt).toBe('two words');
    expect((await post('/detokenize', { tokens: [-1] })).status).toBe(400);
  });
});
