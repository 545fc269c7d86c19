import { noTracing, type Tracing } from '@llm-platform/service-kit';
import {
  chatChunk,
  doneChunk,
  FakeUpstream,
  usageChunk,
} from './testing/FakeUpstream';
import { QUANT_KEY, routeTo, TestGateway } from './testing/TestGateway';

const GIVEN = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

const CHAT = {
  model: 'smol',
  messages: [{ role: 'user', content: 'a secret prompt' }],
};

describe('the trace of a request', () => {
  let upstream: FakeUpstream;
  let gateway: TestGateway;
  let calls: Array<{ start: unknown; end: unknown }>;

  /** Ids as without a collector, and a note of each model call. */
  const tracing: Tracing = {
    begin(request) {
      const trace = noTracing.begin(request);
      Object.defineProperty(trace, 'recorded', { value: true });
      trace.modelCall = start => {
        const call = { start: start as unknown, end: undefined as unknown };
        calls.push(call);
        return {
          traceparent: `00-${trace.traceId}-${'c'.repeat(16)}-01`,
          end: result => {
            call.end = result;
          },
        };
      };
      return trace;
    },
    stop: async () => {},
  };

  beforeEach(async () => {
    calls = [];
    upstream = await FakeUpstream.start();
    gateway = await TestGateway.start({ tracing });
    gateway.setRoutes([routeTo(upstream.origin, { servedName: 'smol-135m' })]);
  });

  afterEach(async () => {
    await gateway.stop();
    await upstream.stop();
  });

  async function line() {
    for (;;) {
      const found = gateway.logLines.find(text =>
        text.includes('"msg":"request"'),
      );
      if (found) {
        return JSON.parse(found);
      }
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  it('is in the log line and goes on to the model as the parent of what it does', async () => {
    const response = await gateway.chat(CHAT, {
      headers: { traceparent: GIVEN },
    });
    await response.text();
    expect(upstream.received[0].headers.traceparent).toBe(
      `00-${TRACE_ID}-${'c'.repeat(16)}-01`,
    );
    expect(await line()).toMatchObject({ trace_id: TRACE_ID });
  });

  it('is begun where the caller began none', async () => {
    await (await gateway.chat(CHAT)).text();
    const { trace_id: traceId } = await line();
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(upstream.received[0].headers.traceparent).toContain(traceId);
  });

  it('has the call to the model with its usage, and nothing of the prompt', async () => {
    upstream.answer = response => {
      response.setHeader('content-type', 'text/event-stream');
      response.end(`${chatChunk('hi')}${usageChunk}${doneChunk}`);
    };
    await (await gateway.chat({ ...CHAT, stream: true })).text();
    await line();
    expect(calls).toEqual([
      {
        start: { operation: 'chat', model: 'smol', stream: true },
        end: {
          origin: upstream.origin,
          responseModel: 'smol-135m',
          firstByteMs: expect.any(Number),
          usage: { promptTokens: 7, completionTokens: 3 },
          error: undefined,
        },
      },
    ]);
    expect(JSON.stringify(calls)).not.toContain('secret');
  });

  it('names what went wrong with the call', async () => {
    upstream.answer = response => {
      response.destroy();
    };
    await (await gateway.chat(CHAT)).text();
    await line();
    expect(calls).toEqual([
      expect.objectContaining({
        end: expect.objectContaining({ error: 'upstream_failed' }),
      }),
    ]);
  });

  it('has no span for a team service, which records its own calls', async () => {
    gateway.setRoutes([
      routeTo(upstream.origin, { kind: 'service', name: 'quant' }),
    ]);
    const response = await fetch(`${gateway.url}/api/quant/predict`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${QUANT_KEY}`,
        'content-type': 'application/json',
        traceparent: GIVEN,
      },
      body: '{"inputs":"a secret prompt"}',
    });
    await response.text();
    expect(upstream.received[0].headers.traceparent).toBe(GIVEN);
    expect(calls).toEqual([]);
  });
});

describe('the metrics of answers', () => {
  it('have the time to the first token and per token of streams, and tokens by key', async () => {
    const upstream = await FakeUpstream.start();
    const gateway = await TestGateway.start();
    gateway.setRoutes([routeTo(upstream.origin)]);
    upstream.answer = response => {
      response.setHeader('content-type', 'text/event-stream');
      response.end(`${chatChunk('hi')}${usageChunk}${doneChunk}`);
    };
    await (await gateway.chat({ ...CHAT, stream: true })).text();
    upstream.answer = response => {
      response.setHeader('content-type', 'application/json');
      response.end('{"usage":{"prompt_tokens":1,"completion_tokens":1}}');
    };
    await (await gateway.chat(CHAT)).text();
    const metrics = await gateway.metrics();
    const valueOf = (name: string) =>
      new RegExp(`^llm_gateway_${name}\\{.*\\} (\\S+)$`, 'm').exec(
        metrics,
      )?.[1];
    expect({
      bytes: valueOf('time_to_first_byte_seconds_count'),
      tokens: valueOf('time_to_first_token_seconds_count'),
      perToken: valueOf('time_per_output_token_seconds_count'),
    }).toEqual({ bytes: '2', tokens: '1', perToken: '1' });
    // Whose request it was, in each of them: a team is shown its own only.
    for (const name of [
      'request_duration_seconds_count',
      'in_flight_requests',
      'time_to_first_byte_seconds_count',
      'time_to_first_token_seconds_count',
      'time_per_output_token_seconds_count',
    ]) {
      expect(metrics).toMatch(
        new RegExp(
          `^llm_gateway_${name}\\{(?=.*model="smol").*team="quant"`,
          'm',
        ),
      );
    }
    expect(metrics).toContain(
      'llm_gateway_tokens_total{team="quant",model="smol",key="k1",direction="out",service="gateway"} 4',
    );
    await gateway.stop();
    await upstream.stop();
  });
});
