import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { Child, logTail } from '../processes';

/** Waits until `probe` is true; names the component's last words if not. */
export async function waitReady(options: {
  child: Child;
  probe(): Promise<boolean>;
  timeoutMs: number;
  signal?: AbortSignal;
}): Promise<void> {
  const { child, probe, timeoutMs, signal } = options;
  const deadline = Date.now() + timeoutMs;
  while (!(await probe())) {
    signal?.throwIfAborted();
    if (Date.now() > deadline) {
      const exit = child.lastExit();
      throw new Error(
        [
          `${child.name} was not ready within ${timeoutMs / 1000} s${
            exit ? ` (it ended with ${exit})` : ''
          }. Its log, ${child.logFile}, ends with:`,
          logTail(child.logFile),
        ].join('\n'),
      );
    }
    await sleep(100);
  }
}

/** Whether a GET answers 200 within two seconds. */
export function answersOk(
  url: string,
  tls?: https.RequestOptions,
): Promise<boolean> {
  return new Promise(resolve => {
    const get = url.startsWith('https:') ? https.get : http.get;
    const request = get(
      url,
      { ...tls, timeout: 2_000, agent: false },
      response => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });
}

/** The same for a port of 127.0.0.1 with a certificate it made itself. */
export function answersOkInsecure(port: number): Promise<boolean> {
  return answersOk(`https://127.0.0.1:${port}/healthz`, {
    rejectUnauthorized: false,
  });
}
