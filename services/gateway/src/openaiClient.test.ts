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
    gateway = await TestGateway.start({ limits: { bodyBytes: 4096 } });
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

  it('raises its own exception for each class of error', async () => {
    const ask = (model: string, content = 'hi', using = client) =>
      using.chat.completions.create({
        model,
        messages: [{ role: 'user', content }],
      });
    await expect(
      ask('smol', 'hi', clientWith('sk-llmp-wrong')),
    ).rejects.toThrow(OpenAI.AuthenticationError);
    await expect(ask('nosuch')).rejects.toThrow(OpenAI.NotFoundError);
    await expect(ask('smol', 'x'.repeat(5000))).rejects.toMatchObject({
      status: 413,
    });
    upstream.answer = response => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end('{"error":{"message":"too long","code":400}}');
    };
    await expect(ask('smol')).rejects.toThrow(OpenAI.BadRequestError);
    gateway.setKeys([keyRecord(QUANT_KEY, { models: ['other'] })]);
    await expect(ask('smol')).rejects.toThrow(OpenAI.PermissionDeniedError);
    gateway.setKeys([keyRecord(QUANT_KEY)]);
    gateway.setRoutes([routeTo([])]);
    await expect(ask('smol')).rejects.toThrow(OpenAI.InternalServerError);
  });
});
