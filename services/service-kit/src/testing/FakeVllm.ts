import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as the fake model server got it. */
export interface VllmRequest {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  /** Its parsed JSON; undefined where it had none. */
  body: Record<string, unknown> | undefined;
  /** Resolves when the caller gave up before the answer. */
  aborted: Promise<void>;
}

type Answer = (
  request: VllmRequest,
  response: http.ServerResponse,
) => void | Promise<void>;

/**
 * Stands in for vLLM over real HTTP: lists `models` and echoes prompts, unless
 * a test gives other answers.
 */
export class FakeVllm {
  models: Array<{ id: string; parent?: string | null }> = [{ id: 'smol' }];
  /** Every call to generate, in the order of arrival. */
  readonly calls: VllmRequest[] = [];
  /** Every request, also those for the list. */
  readonly requests: VllmRequest[] = [];
  /** What it says to a prompt. */
  say: (prompt: string, model: string) => string = (prompt, model) =>
    `${model} heard: ${prompt}`;
  /** Replaces its way of answering calls to generate. */
  answer: Answer | undefined;
  /** Replaces the list of models. */
  answerModels: Answer | undefined;

  private readonly sockets = new Set<Socket>();
  private server: http.Server | undefined;
  private port = 0;

  static async start(): Promise<FakeVllm> {
    const fake = new FakeVllm();
    await fake.listen();
    return fake;
  }

  get baseUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Also after `stop`: on the same port again. */
  async listen(): Promise<void> {
    const server = http.createServer((request, response) =>
      this.receive(request, response),
    );
    server.on('connection', socket => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>(resolve => {
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await new Promise<void>(resolve => {
      if (server) {
        server.close(() => resolve());
      } else {
        resolve();
      }
    });
  }

  private receive(
    incoming: http.IncomingMessage,
    response: http.ServerResponse,
  ): void {
    const chunks: Buffer[] = [];
    incoming.on('data', chunk => chunks.push(chunk));
    incoming.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const request: VllmRequest = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: text ? JSON.parse(text) : undefined,
        aborted: new Promise(resolve => {
          response.once('close', () => {
            if (!response.writableFinished) {
              resolve();
            }
          });
        }),
      };
      this.requests.push(request);
      Promise.resolve(this.respond(request, response)).catch(() =>
        response.destroy(),
      );
    });
  }

  private respond(request: VllmRequest, response: http.ServerResponse) {
    if (request.path === '/v1/models') {
      return this.answerModels
        ? this.answerModels(request, response)
        : sendJson(response, 200, {
            object: 'list',
            data: this.models.map(({ id, parent = null }) => ({
              id,
              object: 'model',
              parent,
            })),
          });
    }
    this.calls.push(request);
    return this.answer
      ? this.answer(request, response)
      : this.generate(request, response);
  }

  /** Its own way of answering. */
  generate({ path, body = {} }: VllmRequest, response: http.ServerResponse) {
    const model = String(body.model);
    if (!this.models.some(({ id }) => id === model)) {
      sendVllmError(response, 404, `The model \`${model}\` does not exist.`);
      return;
    }
    const chat = path === '/v1/chat/completions';
    const prompt = chat
      ? (body.messages as Array<{ content: string }>)[0].content
      : String(body.prompt);
    const text = this.say(prompt, model);
    sendJson(response, 200, {
      id: 'cmpl-1',
      model,
      choices: [
        chat
          ? { index: 0, message: { role: 'assistant', content: text } }
          : { index: 0, text, finish_reason: 'stop' },
      ],
      usage: {
        prompt_tokens: prompt.split(/\s+/).length,
        completion_tokens: text.split(/\s+/).length,
      },
    });
  }
}

export function sendJson(
  response: http.ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

/** An error in the shape that vLLM gives it. */
export function sendVllmError(
  response: http.ServerResponse,
  status: number,
  message: string,
  headers?: Record<string, string>,
): void {
  sendJson(
    response,
    status,
    { error: { message, type: 'BadRequestError', param: null, code: status } },
    headers,
  );
}
