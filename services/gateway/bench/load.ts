// The load, in a process of its own. It is told what to do by messages, one
// at a time, and answers each with what it measured.
import autocannon from 'autocannon';
import { Client } from 'undici';

export interface LoadOrder {
  url: string;
  key: string;
  model: string;
  stream: boolean;
  connections: number;
  seconds: number;
}

export interface LoadResult {
  requests: number;
  requestsPerSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  /** Median time to the first byte of a stream's body, in ms; one connection only. */
  firstByteP50?: number;
}

function percentile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function bodyOf(order: LoadOrder): string {
  return JSON.stringify({
    model: order.model,
    ...(order.stream && { stream: true }),
    messages: [
      { role: 'system', content: 'You answer in one short sentence.' },
      { role: 'user', content: 'What is the capital of France?' },
    ],
    max_tokens: 32,
    temperature: 0.2,
  });
}

function headersOf(order: LoadOrder) {
  return {
    'content-type': 'application/json',
    authorization: `Bearer ${order.key}`,
  };
}

const PATH = '/v1/chat/completions';

async function load(order: LoadOrder): Promise<LoadResult> {
  const times: number[] = [];
  const run = autocannon({
    url: `${order.url}${PATH}`,
    connections: order.connections,
    duration: order.seconds,
    method: 'POST',
    headers: headersOf(order),
    body: bodyOf(order),
  });
  run.on('response', (_client, _status, _bytes, ms: number) => times.push(ms));
  const startedAt = performance.now();
  const result = await run;
  const seconds = (performance.now() - startedAt) / 1000;
  if (result.errors + result.timeouts + result.non2xx > 0) {
    throw new Error(
      `${order.url}: ${result.errors} errors, ${result.timeouts} timeouts, ${result.non2xx} answers that are not 2xx`,
    );
  }
  times.sort((a, b) => a - b);
  return {
    requests: times.length,
    requestsPerSecond: times.length / seconds,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}

/** Time to the first byte, which autocannon doesn't tell. */
async function firstBytes(order: LoadOrder): Promise<LoadResult> {
  const client = new Client(order.url, { pipelining: 1 });
  const first: number[] = [];
  const whole: number[] = [];
  const startedAt = performance.now();
  while (performance.now() - startedAt < order.seconds * 1000) {
    const began = performance.now();
    await new Promise<void>((resolve, reject) => {
      let seen = false;
      client.dispatch(
        {
          path: PATH,
          method: 'POST',
          headers: headersOf(order),
          body: bodyOf(order),
        },
        {
          onRequestStart() {},
          onResponseStart(controller, status) {
            if (status !== 200) {
              controller.abort(new Error(`${order.url} answered ${status}`));
            }
          },
          onResponseData() {
            if (!seen) {
              seen = true;
              first.push(performance.now() - began);
            }
          },
          onResponseEnd() {
            whole.push(performance.now() - began);
            resolve();
          },
          onResponseError: (_controller, error) => reject(error),
        },
      );
    });
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await client.close();
  first.sort((a, b) => a - b);
  whole.sort((a, b) => a - b);
  return {
    requests: whole.length,
    requestsPerSecond: whole.length / seconds,
    p50: percentile(whole, 0.5),
    p99: percentile(whole, 0.99),
    firstByteP50: percentile(first, 0.5),
  };
}

process.on('message', (order: LoadOrder) => {
  const work =
    order.stream && order.connections === 1 ? firstBytes(order) : load(order);
  work.then(
    result => process.send?.({ result }),
    (error: unknown) =>
      process.send?.({
        error: error instanceof Error ? error.message : String(error),
      }),
  );
});
process.once('SIGTERM', () => process.exit(0));
// Whoever started it is gone.
process.once('disconnect', () => process.exit(0));
process.send?.('ready');
