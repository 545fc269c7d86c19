import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** One origin for the page and the backend, compressing what it sends as the portal does. */
export class PageServer {
  private constructor(private readonly server: Server) {}

  static async start(options: {
    dir: string;
    backendUrl: string;
  }): Promise<PageServer> {
    const server = createServer((request, response) => {
      const answered = request.url?.startsWith('/api/')
        ? passOn(request, response, options.backendUrl)
        : serve(request, response, options.dir);
      answered.catch(error => {
        response.writeHead(502);
        response.end(`${error}`);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new PageServer(server);
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  dir: string,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://bench');
  // What the page's router knows begins with the page itself.
  const name = pathname.startsWith('/dashboards/')
    ? 'portal.html'
    : path.basename(pathname);
  const body = await readFile(path.join(dir, name)).catch(() => undefined);
  if (!body) {
    response.writeHead(404);
    response.end();
    return;
  }
  await send(response, 200, TYPES[path.extname(name)] ?? '', body);
}

async function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  backendUrl: string,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  const { authorization, 'content-type': type } = request.headers;
  const answer = await fetch(`${backendUrl}${request.url}`, {
    method: request.method,
    headers: {
      ...(authorization && { authorization }),
      ...(type && { 'content-type': type }),
    },
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  });
  await send(
    response,
    answer.status,
    answer.headers.get('content-type') ?? '',
    Buffer.from(await answer.arrayBuffer()),
  );
}

async function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: Buffer,
): Promise<void> {
  const zipped = await compress(body);
  response.writeHead(status, {
    'content-type': type,
    'content-encoding': 'gzip',
    'content-length': zipped.length,
  });
  response.end(zipped);
}
