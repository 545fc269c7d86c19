import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createKey } from './harness/keys';
import { deployReady } from './harness/models';
import { openPortal } from './harness/portal';

const portal = openPortal();
const run = promisify(execFile);
let key: string;

beforeAll(async () => {
  await deployReady(portal, 'user:default/mia', 'for-apps', 'quant');
  key = await createKey('quant', 'for-apps');
});

const question = {
  model: 'for-apps',
  temperature: 0,
  messages: [
    { role: 'user' as const, content: 'What is the capital of France?' },
  ],
};

describe('the gateway, with an application key', () => {
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
