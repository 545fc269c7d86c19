import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { V1Container, V1Probe } from '@kubernetes/client-node';

/** Where a probe goes, and what it is called in messages. @public */
export interface ProbeTarget {
  bindAddress: string;
  podIP: string;
  container: V1Container;
}

/** `errored`: the probe itself can't be carried out. @public */
export type ProbeResult =
  | { result: 'success' }
  | { result: 'failure' | 'errored'; output: string };

/** The kubelet's limit for what it shows of an answer. */
const MAX_BODY = 10 * 1024;
const USER_AGENT = 'kube-probe/1.36';

/** Carries out one probe. Rejects when no request can be made of it. @public */
export async function executeProbe(
  probe: V1Probe,
  target: ProbeTarget,
): Promise<ProbeResult> {
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.httpGet) {
    return httpProbe(probe.httpGet, target, timeoutMs);
  }
  if (probe.tcpSocket) {
    return tcpProbe(probe.tcpSocket, target, timeoutMs);
  }
  const kind = probe.exec ? 'exec' : 'grpc';
  return {
    result: 'errored',
    output: `${kind} probes are not supported by the embedded node agent`,
  };
}

/** The number of a port that may be given by its name. @public */
export function resolvePort(
  port: number | string | object | undefined,
  container: V1Container,
): number | undefined {
  if (typeof port === 'number') {
    return port;
  }
  const text = String(port);
  return /^\d+$/.test(text)
    ? Number(text)
    : container.ports?.find(p => p.name === text)?.containerPort;
}

function httpProbe(
  action: NonNullable<V1Probe['httpGet']>,
  { bindAddress, podIP, container }: ProbeTarget,
  timeoutMs: number,
): Promise<ProbeResult> {
  const port = resolvePort(action.port, container);
  if (port === undefined) {
    return Promise.resolve({
      result: 'errored',
      output: `couldn't find port: ${String(action.port)}`,
    });
  }
  const secure = action.scheme === 'HTTPS';
  const path = action.path ?? '/';
  const shown = `${secure ? 'https' : 'http'}://${
    action.host ?? podIP
  }:${port}${path}`;
  const headers: Record<string, string> = {
    host: `${action.host ?? podIP}:${port}`,
    'user-agent': USER_AGENT,
    accept: '*/*',
    connection: 'close',
  };
  for (const { name, value } of action.httpHeaders ?? []) {
    headers[name.toLowerCase()] = value;
  }
  return new Promise(resolve => {
    let answered = false;
    const request = (secure ? https : http).request({
      host: bindAddress,
      port,
      path,
      headers,
      agent: false,
      // The kubelet doesn't verify a pod's certificate either.
      ...(secure ? { rejectUnauthorized: false } : {}),
    });
    const timer = setTimeout(() => {
      const when = answered
        ? 'Client.Timeout or context cancellation while reading body'
        : 'Client.Timeout exceeded while awaiting headers';
      fail(`context deadline exceeded (${when})`);
    }, timeoutMs);
    request.on('response', response => {
      answered = true;
      const status = response.statusCode ?? 0;
      if (status >= 200 && status < 400) {
        done({ result: 'success' });
        return;
      }
      let length = 0;
      const finish = () =>
        done({
          result: 'failure',
          output: `HTTP probe failed with statuscode: ${status}`,
        });
      response.on('data', chunk => {
        length += chunk.length;
        if (length > MAX_BODY) {
          finish();
        }
      });
      response.on('end', finish);
      response.on('error', finish);
    });
    request.on('error', (error: NodeJS.ErrnoException) =>
      fail(
        error.code === 'ECONNREFUSED'
          ? dialError(podIP, port, 'connect: connection refused')
          : connectionError(error, podIP, port),
      ),
    );
    request.end();

    function fail(why: string) {
      done({ result: 'failure', output: `Get "${shown}": ${why}` });
    }
    function done(result: ProbeResult) {
      clearTimeout(timer);
      resolve(result);
      request.destroy();
    }
  });
}

function tcpProbe(
  action: NonNullable<V1Probe['tcpSocket']>,
  { bindAddress, podIP, container }: ProbeTarget,
  timeoutMs: number,
): Promise<ProbeResult> {
  const port = resolvePort(action.port, container);
  if (port === undefined) {
    return Promise.resolve({
      result: 'errored',
      output: `couldn't find port: ${String(action.port)}`,
    });
  }
  return new Promise(resolve => {
    const socket = net.connect({ host: bindAddress, port });
    const timer = setTimeout(
      () =>
        done({
          result: 'failure',
          output: dialError(podIP, port, 'i/o timeout'),
        }),
      timeoutMs,
    );
    function done(result: ProbeResult) {
      clearTimeout(timer);
      socket.destroy();
      resolve(result);
    }
    socket.once('connect', () => done({ result: 'success' }));
    socket.once('error', (error: NodeJS.ErrnoException) =>
      done({
        result: 'failure',
        output:
          error.code === 'ECONNREFUSED'
            ? dialError(podIP, port, 'connect: connection refused')
            : dialError(podIP, port, error.message),
      }),
    );
  });
}

function dialError(podIP: string, port: number, why: string): string {
  return `dial tcp ${podIP}:${port}: ${why}`;
}

function connectionError(
  error: NodeJS.ErrnoException,
  podIP: string,
  port: number,
): string {
  if (error.code === 'ECONNRESET') {
    return error.message === 'socket hang up'
      ? 'EOF'
      : `read tcp ${podIP}:${port}: read: connection reset by peer`;
  }
  return error.message;
}
