import { rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { pipeline } from 'node:stream';
import { errorMessage } from '../errors';
import { Target } from './resolver';

/** @public */
export interface ConnectProxy {
  /** The TCP port, unless it listens on a socket. */
  port: number;
  stop(): Promise<void>;
}

/** @public */
export interface ConnectProxyOptions {
  listen: { socketPath: string } | { host: string; port: number };
  /** Throws when there is no way to that host. */
  resolve(host: string, port: number): Target;
  /** Whether requests with an absolute URL are served too. */
  absoluteForm: boolean;
}

const CONNECT_TIMEOUT_MS = 10_000;
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * An HTTP proxy into the cluster. What it can't reach it refuses with 502 and
 * a line that says why.
 *
 * @public
 */
export async function startConnectProxy(
  options: ConnectProxyOptions,
): Promise<ConnectProxy> {
  const { listen, resolve } = options;
  const sockets = new Set<net.Socket>();
  const track = (socket: net.Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  // One connection per origin is kept for the next request.
  const agent = new http.Agent({ keepAlive: true, keepAliveMsecs: 5_000 });

  const server = http.createServer((request, response) => {
    if (!options.absoluteForm) {
      response.writeHead(405, { allow: 'CONNECT' }).end();
      return;
    }
    forward(request, response, resolve, agent);
  });
  // Answers may stream for as long as they like.
  server.requestTimeout = 0;
  server.timeout = 0;
  server.on('connection', track);
  server.on('connect', (request, socket, head) =>
    connect(request.url ?? '', socket as net.Socket, head, resolve, track),
  );
  server.on('clientError', (_error, socket) => socket.destroy());

  if ('socketPath' in listen) {
    // What a killed agent left behind would keep us from listening.
    rmSync(listen.socketPath, { force: true });
  }
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    const ready = () => {
      server.off('error', fail);
      server.on('error', () => {});
      done();
    };
    if ('socketPath' in listen) {
      server.listen(listen.socketPath, ready);
    } else {
      server.listen(listen.port, listen.host, ready);
    }
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop() {
      agent.destroy();
      sockets.forEach(socket => socket.destroy());
      return new Promise(done => {
        server.close(() => done());
      });
    },
  };
}

/** A number that is no port is refused before it gets to a socket. */
function checkPort(port: number): number {
  if (!(port >= 1 && port <= 65_535)) {
    throw new Error(`${port} is not a port: they go from 1 to 65535`);
  }
  return port;
}

function connect(
  authority: string,
  client: net.Socket,
  head: Buffer,
  resolve: (host: string, port: number) => Target,
  track: (socket: net.Socket) => void,
): void {
  const refuse = (message: string) => {
    const body = `${message}\n`;
    client.end(
      `HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(
        body,
      )}\r\nConnection: close\r\n\r\n${body}`,
    );
  };
  client.on('error', () => client.destroy());
  const match = /^\[?([^\]]+?)\]?:(\d+)$/.exec(authority);
  if (!match) {
    refuse(`${authority} is not host:port`);
    return;
  }
  let upstream: net.Socket;
  try {
    upstream = net.connect(resolve(match[1], checkPort(Number(match[2]))));
  } catch (error) {
    refuse(errorMessage(error));
    return;
  }
  track(upstream);
  upstream.setNoDelay(true);
  client.setNoDelay(true);
  let open = false;
  const timer = setTimeout(
    () => upstream.destroy(new Error('no answer in time')),
    CONNECT_TIMEOUT_MS,
  );
  upstream.once('connect', () => {
    open = true;
    clearTimeout(timer);
    client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) {
      upstream.write(head);
    }
    pipeline(client, upstream, () => upstream.destroy());
    pipeline(upstream, client, () => client.destroy());
  });
  upstream.once('error', error => {
    clearTimeout(timer);
    if (!open) {
      refuse(`${authority}: ${error.message}`);
    }
  });
  client.once('close', () => {
    clearTimeout(timer);
    upstream.destroy();
  });
}

function forward(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  resolve: (host: string, port: number) => Target,
  agent: http.Agent,
): void {
  const refuse = (status: number, message: string) => {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    response
      .writeHead(status, { 'content-type': 'text/plain' })
      .end(`${message}\n`);
  };
  let url: URL;
  try {
    url = new URL(request.url ?? '');
  } catch {
    refuse(400, 'This is a proxy: ask for an absolute URL, or CONNECT');
    return;
  }
  if (url.protocol !== 'http:') {
    refuse(400, 'Use CONNECT for anything but http');
    return;
  }
  let upstream: http.ClientRequest;
  try {
    const target = resolve(url.hostname, checkPort(Number(url.port || 80)));
    upstream = http.request({
      agent,
      host: target.host,
      port: target.port,
      method: request.method,
      path: `${url.pathname}${url.search}`,
      headers: { ...endToEnd(request.headers), host: url.host },
    });
  } catch (error) {
    refuse(502, errorMessage(error));
    return;
  }
  upstream.on('response', answer => {
    try {
      response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
    } catch (error) {
      // Such as a status below 100.
      answer.destroy();
      refuse(502, `${url.host}: ${errorMessage(error)}`);
      return;
    }
    response.flushHeaders();
    pipeline(answer, response, () => {});
  });
  upstream.on('error', error => refuse(502, `${url.host}: ${error.message}`));
  response.on('close', () => upstream.destroy());
  pipeline(request, upstream, () => {});
}

function endToEnd(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)),
  );
}
