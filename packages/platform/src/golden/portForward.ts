import { spawn } from 'node:child_process';

/** A port of a Service, reached through `kubectl port-forward`. */
export interface Forwarded {
  url: string;
  stop(): void;
}

const FORWARDING = /Forwarding from 127\.0\.0\.1:(\d+)/;

/**
 * Forwards a Service's port to a free one here: network policies that let
 * nobody else in don't concern it, as the kubelet makes the connection. Rejects
 * with kubectl's own words.
 */
export function forwardPort(options: {
  /** kubectl and the arguments that say which cluster. */
  kubectl: string[];
  namespace: string;
  service: string;
  port: number;
  timeoutMs: number;
}): Promise<Forwarded> {
  const { namespace, service, port, timeoutMs } = options;
  const [program, ...cluster] = options.kubectl;
  const child = spawn(
    program,
    [
      ...cluster,
      `--namespace=${namespace}`,
      'port-forward',
      `service/${service}`,
      `:${port}`,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const stop = () => child.kill();
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`kubectl port-forward: nothing after ${timeoutMs} ms`));
    }, timeoutMs);
    const listen = (text: string) => {
      said += text;
      const match = FORWARDING.exec(said);
      if (match) {
        clearTimeout(timer);
        resolve({ url: `http://127.0.0.1:${match[1]}`, stop });
      }
    };
    child.stdout.setEncoding('utf8').on('data', listen);
    child.stderr.setEncoding('utf8').on('data', listen);
    child.once('error', error => {
      clearTimeout(timer);
      reject(error);
    });
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`kubectl port-forward: ${said.trim()}`));
    });
  });
}
