import OpenAI from 'openai';
import { createKey } from './harness/keys';
import { deployReady, waitForState } from './harness/models';
import { openPortal } from './harness/portal';

const portal = openPortal();
const MIA = 'user:default/mia';
const MODEL = 'for-clients';

/** The official client as its users make it, but without its own second attempts. */
function clientWith(apiKey: string): OpenAI {
  return new OpenAI({
    apiKey,
    baseURL: `${portal.gatewayUrl}/v1`,
    maxRetries: 0,
  });
}

function ask(
  client: OpenAI,
  content = 'What is the capital of France?',
  model = MODEL,
) {
  return client.chat.completions.create({
    model,
    temperature: 0,
    max_tokens: 16,
    messages: [{ role: 'user', content }],
  });
}

async function scale(replicas: number): Promise<void> {
  const response = await portal.api(
    MIA,
    `/api/models/v1/models/embedded/quant/${MODEL}/scale`,
    { method: 'POST', body: { replicas } },
  );
  expect(response.ok).toBe(true);
}

/** The exception that the client throws. */
async function errorOf(asking: Promise<unknown>) {
  const error = await asking.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof OpenAI.APIError)) {
    throw new Error(`no APIError but ${error}`);
  }
  return error;
}

/** What identifies it. */
async function raised(asking: Promise<unknown>) {
  const error = await errorOf(asking);
  return [error.constructor, error.status, error.code];
}

let client: OpenAI;

beforeAll(async () => {
  await deployReady(portal, MIA, MODEL, 'quant');
  client = clientWith(await createKey('quant', MODEL));
});

describe('the official OpenAI client, with a model of the embedded cluster', () => {
  it('lists what its key may use', async () => {
    const models = [];
    for await (const model of client.models.list()) models.push(model.id);
    expect(models).toEqual([MODEL]);
    expect(await client.models.retrieve(MODEL)).toMatchObject({
      id: MODEL,
      object: 'model',
    });
  });

  it('gets an answer with its usage', async () => {
    const { choices, usage, model } = await ask(client);
    expect(choices[0].message.content).toContain('Paris');
    expect(choices[0].finish_reason).toBe('stop');
    expect(model).toBe(MODEL);
    expect(usage?.prompt_tokens).toBeGreaterThan(5);
    expect(usage?.total_tokens).toBe(
      (usage?.prompt_tokens ?? 0) + (usage?.completion_tokens ?? 0),
    );
  });

  it.each([true, false])(
    'gets a stream, with usage where it asks for it: %s',
    async include_usage => {
      const stream = await client.chat.completions.create({
        model: MODEL,
        temperature: 0,
        stream: true,
        ...(include_usage && { stream_options: { include_usage } }),
        messages: [{ role: 'user', content: 'What is the capital of France?' }],
      });
      const parts: string[] = [];
      const usages = [];
      let choiceless = 0;
      for await (const chunk of stream) {
        parts.push(chunk.choices[0]?.delta?.content ?? '');
        if (chunk.usage) usages.push(chunk.usage);
        if (chunk.choices.length === 0) choiceless += 1;
      }
      expect(parts.filter(Boolean).length).toBeGreaterThan(3);
      expect(parts.join('')).toContain('Paris');
      expect(usages).toHaveLength(include_usage ? 1 : 0);
      expect(usages.every(usage => usage.completion_tokens > 0)).toBe(true);
      expect(choiceless).toBe(include_usage ? 1 : 0);
    },
  );

  describe('passes tools', () => {
    const tools: OpenAI.ChatCompletionTool[] = [
      {
        type: 'function',
        function: {
          name: 'weather',
          description: 'The weather of a city',
          parameters: {
            type: 'object',
            properties: { city: { type: 'string' } },
            required: ['city'],
          },
        },
      },
    ];

    it('to the model, whose own word on them comes back unchanged', async () => {
      const asking = client.chat.completions.create({
        model: MODEL,
        tools,
        messages: [{ role: 'user', content: 'Is it raining in Paris?' }],
      });
      // vLLM says this where it was started without a parser of tool calls.
      expect(await raised(asking)).toEqual([OpenAI.BadRequestError, 400, 400]);
      await expect(asking).rejects.toThrow('--enable-auto-tool-choice');
    });

    it('and what they answered', async () => {
      const { choices } = await client.chat.completions.create({
        model: MODEL,
        tools,
        tool_choice: 'none',
        temperature: 0,
        max_tokens: 16,
        messages: [
          { role: 'user', content: 'Is it raining in Paris?' },
          {
            role: 'assistant',
            content: null,
            tool_calls: [
              {
                id: 'call-1',
                type: 'function',
                function: { name: 'weather', arguments: '{"city":"Paris"}' },
              },
            ],
          },
          { role: 'tool', tool_call_id: 'call-1', content: 'It is raining.' },
        ],
      });
      expect(choices[0].message.content).toBeTruthy();
    });
  });

  describe('raises its own exception', () => {
    it('for a key that nobody has', async () => {
      expect(
        await raised(ask(clientWith(`sk-llmp-${'x'.repeat(43)}`))),
      ).toEqual([OpenAI.AuthenticationError, 401, 'invalid_api_key']);
    });

    it('for a model of the team that its key is not for', async () => {
      const other = clientWith(await createKey('quant', 'something-else'));
      expect(await raised(ask(other))).toEqual([
        OpenAI.PermissionDeniedError,
        403,
        'model_not_allowed',
      ]);
    });

    it("for no model, and for another team's alike", async () => {
      const eval_ = clientWith(await createKey('eval', '*'));
      const expected = [OpenAI.NotFoundError, 404, 'model_not_found'];
      expect(await raised(ask(client, 'Hi', 'nosuch'))).toEqual(expected);
      expect(await raised(ask(eval_))).toEqual(expected);
    });

    it('for a prompt longer than the context', async () => {
      const long = ask(client, 'word '.repeat(5000));
      expect(await raised(long)).toEqual([OpenAI.BadRequestError, 400, 400]);
      await expect(long).rejects.toThrow(
        /maximum context length is 2048 tokens/,
      );
    });

    it('for a body that is too large', async () => {
      expect(
        (await raised(ask(client, 'x'.repeat(11 * 1024 * 1024)))).slice(1),
      ).toEqual([413, 'request_too_large']);
    });

    it('for a budget that is used up', async () => {
      const poor = clientWith(
        await createKey('quant', MODEL, '--tokens-per-day=1'),
      );
      const asking = ask(poor);
      expect(await raised(asking)).toEqual([
        OpenAI.RateLimitError,
        429,
        'insufficient_quota',
      ]);
      await expect(asking).rejects.toThrow(/tokens.*day/i);
      const { headers } = await errorOf(asking);
      expect(Number(headers?.get('retry-after'))).toBeGreaterThan(0);
    });

    it('for a model that is stopped, until it is back', async () => {
      await scale(0);
      await waitForState(portal, MIA, 'quant', MODEL, 'Stopped');
      expect(await raised(ask(client))).toEqual([
        OpenAI.InternalServerError,
        503,
        'model_scaled_to_zero',
      ]);
      await scale(1);
      await waitForState(portal, MIA, 'quant', MODEL, 'Ready');
      const { choices } = await ask(client);
      expect(choices[0].message.content).toContain('Paris');
    });
  });
});
