import { readFileSync } from 'node:fs';
import { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { errorMessage } from '../errors';
import { PodManager } from '../pods';
import { METRICS_TYPE } from '../exporters';
import { sendContainerLog } from './containerLogs';
import { parseLogQuery } from './logQuery';
import { MetricsAccess } from './metricsAccess';

/** @public */
export interface KubeletServerOptions {
  tls: { cert: string; key: string; clientCa: string };
  pods: PodManager;
  metrics: KubeletMetrics;
}

/** The metrics of the nodes that share this endpoint. @public */
export interface KubeletMetrics {
  access: MetricsAccess;
  /** The node of that name or address. */
  node(host: string): string | undefined;
  /** Its metrics, in Prometheus' text format. */
  read(node: string): Promise<string>;
}

/** @public */
export interface KubeletServer {
  port: number;
  stop(): Promise<void>;
}

/** The group whose members may do all: the apiserver's certificate has it. */
const MASTERS = 'system:masters';
const UNSUPPORTED = new Set(['exec', 'attach', 'portForward', 'run']);

/**
 * The kubelet's own endpoint, one for all nodes. Only the apiserver may use
 * it, as its certificate shows; metrics may be read by whoever has a token that
 * the apiserver lets read them.
 *
 * @public
 */
export async function startKubeletServer(
  options: KubeletServerOptions,
): Promise<KubeletServer> {
  const { tls, pods, metrics } = options;
  const sockets = new Set<Socket>();
  const server = https.createServer(
    {
      cert: tls.cert,
      key: tls.key,
      ca: tls.clientCa,
      requestCert: true,
      // A reader of metrics shows a token instead; all else asks for one.
      rejectUnauthorized: false,
    },
    (request, response) => {
      if (request.url?.split('?')[0] === '/metrics') {
        sendMetrics(request, response, metrics).catch(error =>
          text(response, 500, errorMessage(error)),
        );
        return;
      }
      try {
        handle(request, response, pods);
      } catch (error) {
        text(response, 500, errorMessage(error));
      }
    },
  );
  server.requestTimeout = 0;
  // kubectl exec asks for an upgrade: without this it would just hang up.
  server.on('upgrade', (request, socket) => {
    // Node has taken its own listener off: without one a reset is fatal.
    socket.on('error', () => socket.destroy());
    if (!isMaster(request.socket)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    // Not by URL, which throws at what is none.
    const [, verb = ''] = (request.url ?? '/').split(/[/?]/);
    const body = `${unsupported(verb)}\n`;
    socket.end(
      `HTTP/1.1 501 Not Implemented\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(
        body,
      )}\r\nConnection: close\r\n\r\n${body}`,
    );
  });
  server.on('secureConnection', socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      server.off('error', fail);
      done();
    });
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    stop() {
      sockets.forEach(socket => socket.destroy());
      return new Promise(done => {
        server.close(() => done());
      });
    },
  };
}

function handle(
  request: IncomingMessage,
  response: ServerResponse,
  pods: PodManager,
): void {
  if (!isMaster(request.socket)) {
    text(response, 403, 'Only the apiserver may ask the kubelet');
    return;
  }
  const url = new URL(request.url ?? '/', 'https://kubelet');
  const [verb, ...rest] = url.pathname.split('/').slice(1).map(decode);
  if (UNSUPPORTED.has(verb)) {
    text(response, 501, unsupported(verb));
    return;
  }
  if (request.method !== 'GET') {
    text(response, 405, 'Method not allowed');
    return;
  }
  switch (verb) {
    case 'healthz':
      text(response, 200, 'ok');
      return;
    case 'pods':
      json(response, {
        apiVersion: 'v1',
        kind: 'PodList',
        items: pods.workers().map(worker => worker.pod()),
      });
      return;
    case 'stats':
      json(response, summary(pods));
      return;
    case 'containerLogs': {
      const [namespace, pod, container] = rest;
      const worker = pods.worker(namespace ?? '', pod ?? '');
      if (!worker) {
        text(response, 404, `pod ${namespace}/${pod} does not exist`);
        return;
      }
      let query;
      try {
        query = parseLogQuery(url.searchParams, Date.now());
      } catch (error) {
        text(response, 400, errorMessage(error));
        return;
      }
      sendContainerLog(response, worker, container ?? '', query);
      return;
    }
    default:
      text(response, 404, `${url.pathname}: not found`);
  }
}

function unsupported(verb: string): string {
  const what = verb === 'portForward' ? 'port-forward' : verb;
  return `${what} is not supported by the embedded node agent: pods are local processes, not containers`;
}

async function sendMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  { access, node: nodeOf, read }: KubeletMetrics,
): Promise<void> {
  const host = request.headers.host ?? '';
  const node = nodeOf(host.replace(/:\d+$/, ''));
  if (node === undefined) {
    text(response, 404, `${host} is not a node of this cluster`);
    return;
  }
  const [, token] =
    /^Bearer (\S+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (!isMaster(request.socket)) {
    if (token === undefined) {
      text(response, 401, 'Unauthorized');
      return;
    }
    if (!(await access.mayRead(token, node))) {
      text(response, 403, `Forbidden: get nodes/metrics of ${node}`);
      return;
    }
  }
  const body = await read(node);
  response.writeHead(200, { 'content-type': METRICS_TYPE }).end(body);
}

function isMaster(socket: Socket): boolean {
  if (!(socket instanceof TLSSocket) || !socket.authorized) {
    return false;
  }
  const { O: organization } = socket.getPeerCertificate().subject ?? {};
  const groups: unknown[] = [organization].flat();
  return groups.includes(MASTERS);
}

/** What the metrics of a node begin with: memory of each container. */
function summary(pods: PodManager): object {
  return {
    pods: pods.workers().map(worker => {
      const { name, namespace, uid } = worker.pod().metadata ?? {};
      return {
        podRef: { name, namespace, uid },
        containers: [...worker.pids()].map(([container, pid]) => ({
          name: container,
          memory: { rssBytes: residentBytes(pid) },
        })),
      };
    }),
  };
}

function residentBytes(pid: number): number | undefined {
  try {
    const match = /^VmRSS:\s+(\d+) kB/m.exec(
      readFileSync(`/proc/${pid}/status`, 'utf8'),
    );
    return match ? Number(match[1]) * 1024 : undefined;
  } catch {
    return undefined;
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function text(response: ServerResponse, status: number, body: string): void {
  if (!response.headersSent) {
    response.writeHead(status, { 'content-type': 'text/plain' });
  }
  response.end(`${body}\n`);
}

function json(response: ServerResponse, body: object): void {
  response
    .writeHead(200, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}
