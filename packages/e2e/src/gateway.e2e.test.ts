import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import OpenAI from 'openai';
import { deployReady } from './harness/models';
import { environment, openPortal, repository } from './harness/portal';
import { E2E_INSTANCE } from './harness/settings';

const portal = openPortal();
const run = promisify(execFile);
let key: string;

beforeAll(async () => {
  await deployReady(portal, 'user:default/mia', 'for-apps', 'quant');
  const { stdout } = await run(
    process.execPath,
    [
      join(repository, 'scripts/gateway-key.mjs'),
      'create',
      '--team',
      'quant',
      '--models',
      'for-apps',
      '--expires',
      '1h',
      `--instance=${E2E_INSTANCE}`,
    ],
    { env: environment() },
  );
  key = stdout.trim();
});

const question = {
  model: 'for-apps',
  temperature: 0,
  messages: [
    { role: 'user' as const, content: 'What is the capital of France?' },
  ],
};

describe('the gateway, with an application key', () => {
  it('serves the official OpenAI client: models and a streamed chat', async () => {
    const client = new OpenAI({
      apiKey: key,
      baseURL: `${portal.gatewayUrl}/v1`,
    });
    const models = [];
    for await (const model of client.models.list()) models.push(model.id);
    expect(models).toEqual(['for-apps']);

    const stream = await client.chat.completions.create({
      ...question,
      stream: true,
    });
    const parts: string[] = [];
    for await (const chunk of stream) {
      parts.push(chunk.choices[0]?.delta?.content ?? '');
    }
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.join('')).toContain('Paris');
  });

  it('streams to curl', async () => {
    const { stdout } = await run('curl', [
      '--silent',
      '--no-buffer',
      `${portal.gatewayUrl}/v1/chat/completions`,
      '--header',
      `Authorization: Bearer ${key}`,
      '--header',
      'Content-Type: application/json',
      '--data',
      JSON.stringify({ ...question, stream: true }),
    ]);
    const events = stdout.split('\n\n').filter(Boolean);
    expect(events.length).toBeGreaterThan(3);
    expect(events[events.length - 1]).toBe('data: [DONE]');
  });

  it.each([
    ['none', {}, 'missing_api_key'],
    [
      'a wrong one',
      { authorization: `Bearer sk-llmp-${'x'.repeat(43)}` },
      'invalid_api_key',
    ],
  ])(
    'answers 401 in the shape of OpenAI without a key: %s',
    async (_, headers, code) => {
      const response = await fetch(`${portal.gatewayUrl}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(question),
      });
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({
        error: expect.objectContaining({
          message: expect.any(String),
          type: expect.any(String),
          code,
        }),
      });
    },
  );
});
