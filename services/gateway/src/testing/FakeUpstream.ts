import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as the upstream got it. */
export interface Received {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: string;
  /** Resolves when the connection's client went away before the answer ended. */
  aborted: Promise<void>;
}

type Answer = (
  response: http.ServerResponse,
  received: Received,
) => void | Promise<void>;

/** A model server in this process whose answers the test writes itself. */
export class FakeUpstream {
  readonly received: Received[] = [];
  answer: Answer = response => {
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  };
  private readonly sockets = new Set<Socket>();
  private readonly server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () => {
      const received: Received = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
        aborted: new Promise(resolve => {
          response.once('close', () => {
            if (!response.writableFinished) {
              resolve();
            }
          });
        }),
      };
      this.received.push(received);
      this.onReceived?.(received);
      Promise.resolve(this.answer(response, received)).catch(() =>
        response.destroy(),
      );
    });
  });
  private onReceived: ((received: Received) => void) | undefined;

  static async start(): Promise<FakeUpstream> {
    const upstream = new FakeUpstream();
    upstream.server.on('connection', socket => {
      upstream.sockets.add(socket);
      socket.once('close', () => upstream.sockets.delete(socket));
    });
    await new Promise<void>(resolve => {
      upstream.server.listen(0, '127.0.0.1', resolve);
    });
    return upstream;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The next request to arrive. */
  nextRequest(): Promise<Received> {
    return new Promise(resolve => {
      this.onReceived = resolve;
    });
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }
}

/** One chunk of a streamed chat, as vLLM writes it. */
export function chatChunk(content: string): string {
  return `data: ${JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'smol',
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  })}\n\n`;
}

export const usageChunk = `data: ${JSON.stringify({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'smol',
  choices: [],
  usage: { prompt_tokens: 7, total_tokens: 10, completion_tokens: 3 },
})}\n\n`;

export const doneChunk = 'data: [DONE]\n\n';

/** A port that nothing listens on. */
export async function refusingOrigin(): Promise<string> {
  const upstream = await FakeUpstream.start();
  const { origin } = upstream;
  await upstream.stop();
  return origin;
}
