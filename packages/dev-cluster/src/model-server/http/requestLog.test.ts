import { FakeTextEngine } from '../testing/fakeTextEngine';
import { startTestServer, TestServer } from '../testing/startTestServer';

const SMOLLM2 = '--model HuggingFaceTB/SmolLM2-135M-Instruct';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const HEADERS = {
  'x-request-id': 'req-1',
  traceparent: `00-${TRACE}-00f067aa0ba902b7-01`,
};

describe('the log of requests', () => {
  let server: TestServer;
  const start = async (flags: string) => {
    server = await startTestServer(
      new FakeTextEngine('Yes.'),
      `${SMOLLM2} ${flags}`.trim(),
    );
    return server;
  };
  const received = () =>
    server.lines.filter(line => line.includes('Received request'));
  afterEach(() => server.stop(100));

  it('has a line for each with the caller’s id and trace', async () => {
    await start(
      '--enable-log-requests --enable-lora --lora-modules brief=org/brief',
    );
    await server.post(
      '/v1/completions',
      { prompt: "It's", max_tokens: 5, temperature: 0 },
      HEADERS,
    );
    await server.post(
      '/v1/chat/completions',
      { model: 'brief', messages: [{ role: 'user', content: 'Hi' }] },
      HEADERS,
    );
    const [completion, chat] = received();
    expect(completion).toMatch(
      /INFO .* \[logger\.py:40\] Received request cmpl-req-1-0: prompt: "It's", params: SamplingParams\(n=1, .*temperature=0\.0, .*max_tokens=5, .*\), prompt_token_ids: \[\d+\], prompt_embeds shape: None, lora_request: None\./,
    );
    expect(completion).toContain(` trace_id=${TRACE}`);
    expect(chat).toContain('Received request chatcmpl-req-1: prompt: ');
    expect(chat).toContain("lora_request: LoRARequest(lora_name='brief'");
    expect(chat).toContain(` trace_id=${TRACE}`);
  });

  it('holds no prompt with --max-log-len 0', async () => {
    await start('--enable-log-requests --max-log-len 0');
    await server.post('/v1/completions', { prompt: 'secret' }, HEADERS);
    expect(received()).toEqual([
      expect.stringMatching(/prompt: '', .* prompt_token_ids: \[\], /),
    ]);
    expect(server.lines.join('\n')).not.toContain('secret');
  });

  it('names no trace where the header is none', async () => {
    await start('--enable-log-requests');
    await server.post(
      '/v1/completions',
      { prompt: 'x' },
      { traceparent: 'nonsense' },
    );
    expect(received()).toHaveLength(1);
    expect(received()[0]).not.toContain('trace_id');
  });

  it('is off unless asked for', async () => {
    await start('');
    await server.post('/v1/completions', { prompt: 'x' }, HEADERS);
    expect(received()).toEqual([]);
  });

  it('answers with X-Request-Id only with --enable-request-id-headers', async () => {
    await start('--enable-request-id-headers');
    const ask = async (headers: Record<string, string>) =>
      (
        await server.post('/v1/completions', { prompt: 'x' }, headers)
      ).headers.get('x-request-id');
    expect(await ask(HEADERS)).toBe('req-1');
    expect(await ask({})).toMatch(/^[0-9a-f]{32}$/);
    await server.stop(100);
    await start('');
    expect(await ask(HEADERS)).toBeNull();
  });
});
