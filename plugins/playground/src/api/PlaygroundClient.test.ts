import { PlaygroundClient } from './PlaygroundClient';
import type { ChatEvent } from './types';

const request = {
  cluster: 'embedded',
  model: 'smollm2',
  messages: [{ role: 'user' as const, content: 'Hi' }],
};

function streamOf(...chunks: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(encoder.encode(chunk));
      }
      controller.close();
    },
  });
}

/** jsdom has no Response; this is the part that the client reads. */
function answer(options: {
  status?: number;
  body?: ReadableStream<Uint8Array>;
  json?: unknown;
  headers?: Record<string, string>;
}) {
  const status = options.status ?? 200;
  return {
    ok: status < 400,
    status,
    statusText: 'Text',
    headers: new Map(Object.entries(options.headers ?? {})),
    body: options.body ?? streamOf(),
    json: async () => options.json,
  } as unknown as Response;
}

async function collect(response: Response | Error): Promise<ChatEvent[]> {
  const client = PlaygroundClient.create({
    fetchApi: {
      fetch: async () => {
        if (!('ok' in response)) {
          throw response;
        }
        return response;
      },
    },
  });
  const events: ChatEvent[] = [];
  for await (const event of client.chat(request, {
    signal: new AbortController().signal,
  })) {
    events.push(event);
  }
  return events;
}

describe('PlaygroundClient', () => {
  it('reads a stream whose chunks are cut anywhere', async () => {
    const text = [
      'data: {"choices":[{"delta":{"role":"assistant","content":""}}],"x_simulated":"answer"}\n\n',
      'data: {"choices":[{"delta":{"content":"é"}}]}\n\n',
      'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n',
      'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1}}\n\n',
      'data: [DONE]\n\n',
    ].join('');
    const bytes = new TextEncoder().encode(text);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) {
          controller.enqueue(Uint8Array.of(byte));
        }
        controller.close();
      },
    });
    expect(
      await collect(answer({ body, headers: { 'x-request-id': 'r' } })),
    ).toEqual([
      { type: 'open', requestId: 'r' },
      { type: 'simulated', what: 'answer' },
      { type: 'delta', text: 'é' },
      { type: 'finish', reason: 'stop' },
      { type: 'usage', promptTokens: 3, completionTokens: 1 },
    ]);
  });

  it.each([
    [
      'the network',
      new TypeError('Failed to fetch'),
      { source: 'portal', code: 'portal_unreachable' },
    ],
    [
      'a refusal in the shape of OpenAI',
      answer({
        status: 429,
        json: { error: { message: 'spent', code: 'x', source: 'budget' } },
      }),
      { source: 'budget', message: 'spent' },
    ],
    [
      'an ended session',
      answer({ status: 401, json: { error: { name: 'AuthenticationError' } } }),
      { source: 'portal', code: 'session_ended' },
    ],
    [
      'a proxy that answers HTML',
      answer({ status: 502, json: undefined }),
      { source: 'portal', code: 'status_502' },
    ],
    [
      'an error inside the stream',
      answer({
        body: streamOf('data: {"error":{"message":"died","code":"gone"}}\n\n'),
      }),
      { source: 'model', message: 'died', code: 'gone' },
    ],
    [
      'a stream without an end',
      answer({ body: streamOf('data: {"choices":[]}\n\n') }),
      { source: 'portal', code: 'connection_lost' },
    ],
    [
      'a stream of garbage',
      answer({ body: streamOf('data: {"choices"\n\n') }),
      { source: 'portal', code: 'connection_lost' },
    ],
  ])('makes an error event of %s', async (_name, response, expected) => {
    const events = await collect(response);
    expect(events.at(-1)).toEqual({
      type: 'error',
      error: expect.objectContaining(expected),
    });
  });
});
