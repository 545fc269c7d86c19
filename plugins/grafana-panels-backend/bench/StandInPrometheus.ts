import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/** A series that the stand-in has. */
export interface StandInSeries {
  labels: Record<string, string>;
  /** `time` in Unix seconds. */
  valueAt(time: number): number;
}

/** A query as it came. */
export interface ReceivedQuery {
  expr: string;
  start: string;
  end: string;
  step: string;
}

/** How many points Prometheus gives per series at most. */
const MOST_POINTS = 11_000;

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const params = url.searchParams;
  let text = '';
  for await (const chunk of request) {
    text += chunk;
  }
  for (const [name, value] of new URLSearchParams(text)) {
    params.append(name, value);
  }
  return params;
}

function textOf(value: number): string {
  if (Number.isNaN(value)) {
    return 'NaN';
  }
  return Math.abs(value) === Infinity
    ? `${value > 0 ? '+' : '-'}Inf`
    : `${value}`;
}

/**
 * Speaks so much of Prometheus' HTTP API as panels need, knows a series for
 * whatever is asked, and counts what it is asked. A real one would measure
 * Prometheus, and needs hours of samples.
 */
export class StandInPrometheus {
  readonly queries: ReceivedQuery[] = [];
  /** Of the answers, before compression. */
  bytes = 0;

  private constructor(
    private readonly server: Server,
    private readonly seriesOf: (expr: string) => StandInSeries[],
  ) {}

  static async start(
    seriesOf: (expr: string) => StandInSeries[],
  ): Promise<StandInPrometheus> {
    const server = createServer();
    const standIn = new StandInPrometheus(server, seriesOf);
    server.on('request', async (request, response) => {
      const params = await bodyOf(request);
      const path = new URL(request.url ?? '/', 'http://stand-in').pathname;
      const { status, body } = standIn.answer(path, params);
      const text = JSON.stringify(body);
      standIn.bytes += text.length;
      const zipped = /\bgzip\b/.test(
        `${request.headers['accept-encoding'] ?? ''}`,
      );
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(zipped && { 'content-encoding': 'gzip' }),
      });
      response.end(zipped ? gzipSync(text) : text);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return standIn;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Forgets what was asked. */
  forget(): void {
    this.queries.length = 0;
    this.bytes = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer(
    path: string,
    params: URLSearchParams,
  ): { status: number; body: object } {
    const success = (data: unknown) => ({
      status: 200,
      body: { status: 'success', data },
    });
    const failure = (error: string) => ({
      status: 400,
      body: { status: 'error', errorType: 'bad_data', error },
    });
    if (path === '/api/v1/query_range' || path === '/api/v1/query') {
      return this.evaluate(path, params, success, failure);
    }
    const matches = params.getAll('match[]');
    const known = matches.flatMap(match => this.seriesOf(match));
    if (path === '/api/v1/series') {
      return success(known.map(({ labels }) => labels));
    }
    if (path === '/api/v1/labels') {
      return success([
        ...new Set(known.flatMap(({ labels }) => Object.keys(labels))),
      ]);
    }
    const label = /^\/api\/v1\/label\/([^/]+)\/values$/.exec(path)?.[1];
    return label === undefined
      ? { status: 404, body: { status: 'error', error: 'no such path' } }
      : success([...new Set(known.map(({ labels }) => labels[label] ?? 'a'))]);
  }

  private evaluate(
    path: string,
    params: URLSearchParams,
    success: (data: unknown) => { status: number; body: object },
    failure: (error: string) => { status: number; body: object },
  ) {
    const expr = params.get('query') ?? '';
    const isRange = path.endsWith('_range');
    const end = Number(params.get(isRange ? 'end' : 'time'));
    const start = isRange ? Number(params.get('start')) : end;
    const step = isRange ? Number(params.get('step')) : 1;
    this.queries.push({
      expr,
      start: `${start}`,
      end: `${end}`,
      step: isRange ? `${step}` : '',
    });
    if (!(step > 0) || !(end >= start)) {
      return failure('start, end and step must be Unix seconds');
    }
    if ((end - start) / step > MOST_POINTS) {
      return failure('exceeded maximum resolution of 11,000 points');
    }
    const result = this.seriesOf(expr).map(({ labels, valueAt }) => {
      const point = (time: number) => [time, textOf(valueAt(time))];
      if (!isRange) {
        return { metric: labels, value: point(end) };
      }
      const values = [];
      for (let time = start; time <= end; time += step) {
        values.push(point(time));
      }
      return { metric: labels, values };
    });
    return success({ resultType: isRange ? 'matrix' : 'vector', result });
  }
}

/** The same number between 0 and 1 for the same text. */
function fractionOf(text: string): number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  }
  return (hash >>> 0) / 2 ** 32;
}

/** A curve that goes up and down by the hour, with some noise; never below 0. */
export function curveOf(name: string): (time: number) => number {
  const level = 10 + 90 * fractionOf(name);
  const phase = 2 * Math.PI * fractionOf(`${name} phase`);
  return time => {
    const wave = Math.sin((2 * Math.PI * time) / 3600 + phase);
    const noise = ((time * level) % 1) - 0.5;
    return level * (1 + 0.4 * wave + 0.2 * noise);
  };
}
