import OpenAI from 'openai';
import {
  chatChunk,
  doneChunk,
  FakeUpstream,
  usageChunk,
} from './testing/FakeUpstream';
import {
  keyRecord,
  QUANT_KEY,
  routeTo,
  TestGateway,
} from './testing/TestGateway';

// Real HTTP, on machines that have other work.
jest.setTimeout(30_000);

describe('the official OpenAI client', () => {
  let upstream: FakeUpstream;
  let gateway: TestGateway;
  let client: OpenAI;

  const clientWith = (apiKey: string) =>
    new OpenAI({ apiKey, baseURL: `${gateway.url}/v1`, maxRetries: 0 });
  const messages = [
    { role: 'user' as const, content: 'What is the capital of France?' },
  ];

  beforeEach(async () => {
    upstream = await FakeUpstream.start();
    gateway = await TestGateway.start({
      limits: { bodyBytes: 4096 },
      // Within one minute, as limits per minute have it.
      now: () => Date.parse('2026-11-23T12:00:00Z'),
    });
    gateway.setRoutes([routeTo(upstream.origin)]);
    client = clientWith(QUANT_KEY);
  });

  afterEach(async () => {
    await gateway.stop();
    await upstream.stop();
  });

  it('lists models', async () => {
    const models = await client.models.list();
    expect(models.data.map(model => model.id)).toEqual(['smol']);
    expect((await client.models.retrieve('smol')).owned_by).toBe('quant');
  });

  it('streams a chat with its usage', async () => {
    upstream.answer = response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(chatChunk('Par') + chatChunk('is') + usageChunk + doneChunk);
    };
    let text = '';
    let tokens: number | undefined;
    const stream = await client.chat.completions.create({
      model: 'smol',
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      tokens = chunk.usage?.completion_tokens ?? tokens;
    }
    expect(text).toBe('Paris');
    expect(tokens).toBe(3);
  });

  it('sees the death of a model as an error, after what had come', async () => {
    upstream.answer = response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`${chatChunk('Par')}data: {"half`, () =>
        setImmediate(() => response.destroy()),
      );
    };
    let text = '';
    const reading = (async () => {
      const stream = await client.chat.completions.create({
        model: 'smol',
        messages,
        stream: true,
      });
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
      }
    })();
    await expect(reading).rejects.toThrow(OpenAI.APIError);
    await expect(reading).rejects.toThrow(/broke in the middle/);
    expect(text).toBe('Par');
  });

  it('streams without a usage that it did not ask for', async () => {
    upstream.answer = response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(chatChunk('Par') + chatChunk('is') + usageChunk + doneChunk);
    };
    const stream = await client.chat.completions.create({
      model: 'smol',
      messages,
      stream: true,
    });
    const chunks = [];
    for await (const chunk of stream) {
      chunks.push([chunk.choices[0].delta.content, chunk.usage]);
    }
    expect(chunks).toEqual([
      ['Par', undefined],
      ['is', undefined],
    ]);
  });

  it('passes tools, their calls and fields that only vLLM knows', async () => {
    const tools = [
      {
        type: 'function' as const,
        function: {
          name: 'capital',
          parameters: {
            type: 'object',
            properties: { of: { type: 'string' } },
          },
        },
      },
    ];
    const toolCall = {
      id: 'call-1',
      type: 'function',
      function: { name: 'capital', arguments: '{"of": "France"}' },
    };
    upstream.answer = response => {
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({
          id: 'chatcmpl-1',
          choices: [
            {
              index: 0,
              finish_reason: 'tool_calls',
              message: {
                role: 'assistant',
                content: null,
                tool_calls: [toolCall],
              },
            },
          ],
          usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
        }),
      );
    };
    const request = {
      model: 'smol',
      messages,
      tools,
      tool_choice: 'auto' as const,
      logprobs: true,
      guided_json: { type: 'object' },
    };
    const answer = await client.chat.completions.create(request);
    expect(JSON.parse(upstream.received[0].body)).toEqual(request);
    expect(answer.choices[0].message.tool_calls).toEqual([toolCall]);
    expect(answer.usage?.total_tokens).toBe(10);
  });

  it('asks for completions and embeddings', async () => {
    upstream.answer = (response, { path }) => {
      response.setHeader('content-type', 'application/json');
      response.end(
        path === '/v1/completions'
          ? '{"choices":[{"index":0,"text":"Paris"}]}'
          : '{"data":[{"index":0,"embedding":[0.5,0.25]}]}',
      );
    };
    const completion = await client.completions.create({
      model: 'smol',
      prompt: 'Capital of France?',
    });
    expect(completion.choices[0].text).toBe('Paris');
    const embeddings = await client.embeddings.create({
      model: 'smol',
      input: 'Paris',
      encoding_format: 'float',
    });
    expect(embeddings.data[0].embedding).toEqual([0.5, 0.25]);
  });

  describe('raises its own exception', () => {
    const ask = (model = 'smol', content = 'hi', using = client) =>
      using.chat.completions.create({
        model,
        messages: [{ role: 'user', content }],
      });

    async function raised(asking: Promise<unknown>) {
      const error = await asking.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof OpenAI.APIError)) {
        throw new Error(`no APIError but ${error}`);
      }
      expect(error.requestID).toBeTruthy();
      return [error.constructor, error.status, error.code, error.type];
    }

    it('for a key that is wrong', async () => {
      expect(
        await raised(ask('smol', 'hi', clientWith('sk-llmp-wrong'))),
      ).toEqual([
        OpenAI.AuthenticationError,
        401,
        'invalid_api_key',
        'invalid_request_error',
      ]);
    });

    it('for a model of the team that the key is not for', async () => {
      gateway.setKeys([keyRecord(QUANT_KEY, { models: ['other'] })]);
      expect(await raised(ask())).toEqual([
        OpenAI.PermissionDeniedError,
        403,
        'model_not_allowed',
        'permission_error',
      ]);
    });

    it('for a model that is not there', async () => {
      expect(await raised(ask('nosuch'))).toEqual([
        OpenAI.NotFoundError,
        404,
        'model_not_found',
        'invalid_request_error',
      ]);
      await expect(client.models.retrieve('nosuch')).rejects.toThrow(
        OpenAI.NotFoundError,
      );
    });

    it('for a prompt that the model has no room for', async () => {
      const message =
        "This model's maximum context length is 2048 tokens. However, your request has 9000 input tokens.";
      upstream.answer = response => {
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({
            error: { message, type: 'BadRequestError', param: null, code: 400 },
          }),
        );
      };
      expect(await raised(ask())).toEqual([
        OpenAI.BadRequestError,
        400,
        400,
        'BadRequestError',
      ]);
      await expect(ask()).rejects.toThrow(message);
    });

    it('for a body that is too large', async () => {
      expect(await raised(ask('smol', 'x'.repeat(5000)))).toEqual([
        OpenAI.APIError,
        413,
        'request_too_large',
        'invalid_request_error',
      ]);
    });

    it('for a limit that is reached', async () => {
      gateway.setKeys([
        keyRecord(QUANT_KEY, { limits: { requestsPerMinute: 1 } }),
      ]);
      const { response } = await ask().withResponse();
      expect(response.headers.get('x-ratelimit-limit-requests')).toBe('1');
      expect(response.headers.get('x-ratelimit-remaining-requests')).toBe('0');
      expect(await raised(ask())).toEqual([
        OpenAI.RateLimitError,
        429,
        'rate_limit_exceeded',
        'requests',
      ]);
    });

    it('for a model that is not running', async () => {
      gateway.setRoutes([routeTo([], { state: 'scaled-to-zero' })]);
      expect(await raised(ask())).toEqual([
        OpenAI.InternalServerError,
        503,
        'model_scaled_to_zero',
        'server_error',
      ]);
    });
  });
});
