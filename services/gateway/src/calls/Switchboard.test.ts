import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ServiceError, noTracing } from '@llm-platform/service-kit';
import type { Admission, AdmissionRequest, Reservation } from '../limits';
import { openAiDialect } from '../openai/openAiDialect';
import { RouteTable, type Route } from '../routes';
import { GatewayMetrics } from '../telemetry/metrics';
import {
  chatChunk,
  doneChunk,
  FakeUpstream,
  refusingOrigin,
  usageChunk,
} from '../testing/FakeUpstream';
import { routeTo } from '../testing/TestGateway';
import { Forwarder, Outliers, Upstreams } from '../upstream';
import { RoutingMetrics } from './RoutingMetrics';
import { Switchboard } from './Switchboard';

const TIMES = {
  connectMs: 1000,
  firstByteMs: 200,
  idleMs: 200,
  totalMs: 60_000,
  stallMs: 1000,
};

/** Admits everything and writes down how each reservation was settled. */
class Ledger implements Admission {
  readonly asked: AdmissionRequest[] = [];
  readonly settled: Array<Parameters<Reservation['settle']>[0]> = [];
  refuse: ServiceError | undefined;

  async admit(request: AdmissionRequest): Promise<Reservation> {
    this.asked.push(request);
    if (this.refuse) {
      throw this.refuse;
    }
    return {
      headers: { 'x-ratelimit-remaining-requests': '7' },
      settle: used => {
        this.settled.push(used);
      },
    };
  }

  async close() {}
}

describe('Switchboard', () => {
  let upstream: FakeUpstream;
  let ledger: Ledger;
  let table: RouteTable;
  let upstreams: Upstreams;
  let forwarder: Forwarder;
  let server: http.Server;
  let connected: Promise<void>;

  beforeEach(async () => {
    upstream = await FakeUpstream.start();
    ledger = new Ledger();
    table = new RouteTable();
    upstreams = new Upstreams({ connectTimeoutMs: 1000 });
    const outliers = new Outliers();
    forwarder = new Forwarder({
      upstreams,
      outliers,
      timeouts: TIMES,
      listener: { onRetry() {}, onBudgetSpent() {}, onEjected() {} },
    });
    const metrics = new GatewayMetrics();
    const switchboard = new Switchboard({
      table,
      forwarder,
      admission: ledger,
      metrics,
      routing: new RoutingMetrics(metrics.registry, {
        table,
        isEjected: () => false,
      }),
    });
    server = http.createServer((request, response) => {
      connected = switchboard
        .connect(
          {
            id: 'id-1',
            headers: request.headers,
            trace: noTracing.begin({ headers: {}, method: 'POST', route: '/' }),
            facts: {},
            response,
            startedAt: performance.now(),
            takeOver() {},
          },
          {
            kind: 'application-key',
            id: 'k1',
            team: 'quant',
            models: new Set(['*']),
          },
          {
            route: table.get('model', 'smol') as Route,
            promptBytes: 10,
            maxTokens: 5,
            bodyFor: () => Buffer.from('{"model":"smol"}'),
            path: '/v1/chat/completions',
            dialect: openAiDialect,
            method: 'POST',
            expectsDone: true,
            hidesUsage: false,
            prefix: undefined,
            noEndpoint: () => new ServiceError('model_starting', 'Not yet.'),
          },
        )
        .catch((error: ServiceError) => {
          response.writeHead(error.status, error.headers);
          response.end(error.code);
        });
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    table.replace('cluster', [routeTo(upstream.origin)]);
  });

  afterEach(async () => {
    forwarder.close();
    await upstreams.close();
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
    await upstream.stop();
  });

  const url = () =>
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function ask() {
    const response = await fetch(url());
    const text = await response.text().catch(() => 'cut off');
    await connected;
    return { status: response.status, headers: response.headers, text };
  }

  const answering =
    (status: number, type: string, body: string): FakeUpstream['answer'] =>
    response => {
      response.writeHead(status, { 'content-type': type });
      response.end(body);
    };
  const USAGE = { prompt_tokens: 7, completion_tokens: 3 };

  it.each<[string, FakeUpstream['answer'], unknown]>([
    [
      'the usage of an answer',
      answering(200, 'application/json', JSON.stringify({ usage: USAGE })),
      { promptTokens: 7, completionTokens: 3 },
    ],
    [
      'the usage of a stream',
      answering(200, 'text/event-stream', usageChunk + doneChunk),
      { promptTokens: 7, completionTokens: 3 },
    ],
    ['what is not known', answering(200, 'application/json', '{}'), undefined],
    [
      'no tokens for a request that the model refused',
      answering(400, 'application/json', '{"error":{}}'),
      { promptTokens: 0, completionTokens: 0 },
    ],
    [
      'no tokens where the model refused the gateway',
      answering(401, 'application/json', '{}'),
      { promptTokens: 0, completionTokens: 0 },
    ],
    [
      'what is not known of a failure',
      answering(500, 'application/json', '{"error":{}}'),
      undefined,
    ],
    [
      'what is not known of a model that broke off',
      response => {
        response.destroy();
      },
      undefined,
    ],
    ['what is not known of a model that says nothing', () => {}, undefined],
    [
      'what is not known of a stream that broke',
      response => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(chatChunk('Par'), () =>
          setImmediate(() => response.destroy()),
        );
      },
      undefined,
    ],
  ])('settles once: %s', async (_name, answer, used) => {
    upstream.answer = answer;
    const { headers } = await ask();
    expect(ledger.settled).toEqual([used]);
    expect(headers.get('x-ratelimit-remaining-requests')).toBe('7');
  });

  it('settles a request that no model saw with nothing', async () => {
    table.replace('cluster', [routeTo(await refusingOrigin())]);
    const { status, headers } = await ask();
    expect(status).toBe(502);
    expect(headers.get('x-ratelimit-remaining-requests')).toBe('7');
    expect(ledger.settled).toEqual(['nothing']);
  });

  it('settles each of a route and its fallback', async () => {
    upstream.answer = answering(
      200,
      'application/json',
      JSON.stringify({ usage: USAGE }),
    );
    table.replace('cluster', [
      routeTo(await refusingOrigin(), { fallback: 'small' }),
      routeTo(upstream.origin, { name: 'small' }),
    ]);
    await ask();
    expect(ledger.asked.map(request => request.model)).toEqual([
      'smol',
      'small',
    ]);
    expect(ledger.settled).toEqual([
      'nothing',
      { promptTokens: 7, completionTokens: 3 },
    ]);
  });

  it('settles when the client leaves, before and in the answer', async () => {
    for (const begin of [false, true]) {
      ledger.settled.length = 0;
      upstream.answer = response => {
        if (begin) {
          response.writeHead(200, { 'content-type': 'text/event-stream' });
          response.write(chatChunk('Par'));
        }
      };
      const arrived = upstream.nextRequest();
      const request = http.get(url(), { agent: false });
      request.on('error', () => {});
      const { aborted } = await arrived;
      if (begin) {
        await new Promise(resolve => request.once('response', resolve));
      }
      request.destroy();
      await aborted;
      await connected;
      expect(ledger.settled).toEqual([undefined]);
    }
  });

  it('says what is asked for, and passes a refusal on', async () => {
    ledger.refuse = new ServiceError('rate_limit_exceeded', 'Too many.', {
      headers: { 'retry-after': '3', 'x-ratelimit-limit-requests': '1' },
    });
    const { status, headers, text } = await ask();
    expect([status, text]).toEqual([429, 'rate_limit_exceeded']);
    expect(headers.get('retry-after')).toBe('3');
    expect(ledger.asked).toEqual([
      expect.objectContaining({ model: 'smol', promptBytes: 10, maxTokens: 5 }),
    ]);
    expect(ledger.settled).toEqual([]);
    expect(upstream.received).toHaveLength(0);
  });

  it('reserves nothing for a route that cannot answer', async () => {
    table.replace('cluster', [routeTo([])]);
    expect((await ask()).text).toBe('model_starting');
    expect(ledger.asked).toEqual([]);
  });
});
