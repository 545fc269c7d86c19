import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { noTracing } from './tracing';

const GIVEN = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function begin(headers: Record<string, string>) {
  return noTracing.begin({ headers, method: 'POST', route: '/predict' });
}

describe('without an endpoint', () => {
  it('keeps the trace that the caller began', () => {
    const trace = begin({ traceparent: GIVEN });
    expect(trace.traceId).toBe('0af7651916cd43dd8448eb211c80319c');
    expect(trace.traceparent).toBe(GIVEN);
    expect(trace.modelCall({ operation: 'chat', model: 'm' }).traceparent).toBe(
      GIVEN,
    );
  });

  it('begins a trace for each request that has none', () => {
    const traces = Array.from({ length: 1000 }, () => begin({}));
    for (const { traceId, traceparent } of traces) {
      expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(traceparent).toContain(traceId);
    }
    expect(new Set(traces.map(trace => trace.traceId)).size).toBe(1000);
  });

  it.each([
    ['', 'nothing'],
    [GIVEN.toUpperCase(), 'upper case'],
    [`${GIVEN}-00`, 'a fifth field in version 00'],
    [`ff${GIVEN.slice(2)}`, 'version ff'],
    [`00-${'0'.repeat(32)}-b7ad6b7169203331-01`, 'no trace id'],
    [`00-0af7651916cd43dd8448eb211c80319c-${'0'.repeat(16)}-01`, 'no span id'],
    [`${GIVEN}\r\nx: y`, 'more than a header'],
    ['x'.repeat(10_000), 'rubbish'],
  ])('begins one where traceparent is %p (%s)', traceparent => {
    const trace = begin({ traceparent });
    expect(trace.traceparent).not.toContain(traceparent.slice(3) || '\0');
    expect(trace.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it('passes a later version on as the one it knows', () => {
    expect(begin({ traceparent: `01${GIVEN.slice(2)}-more` }).traceparent).toBe(
      GIVEN,
    );
  });
});

interface OtlpSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  status: { code?: number };
  attributes: Array<{ key: string; value: Record<string, unknown> }>;
}

/** A collector that answers as the test says and keeps what it is sent. */
async function startCollector(status = 200) {
  const bodies: string[] = [];
  const paths: string[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', chunk => {
      body += chunk;
    });
    request.on('end', () => {
      bodies.push(body);
      paths.push(request.url ?? '');
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{}');
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    paths,
    spans: (): OtlpSpan[] =>
      bodies.flatMap(body =>
        JSON.parse(body).resourceSpans.flatMap(
          (resource: { scopeSpans: Array<{ spans: OtlpSpan[] }> }) =>
            resource.scopeSpans.flatMap(scope => scope.spans),
        ),
      ),
    async stop() {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

function attributesOf(span: OtlpSpan) {
  return Object.fromEntries(
    span.attributes.map(({ key, value }) => [key, Object.values(value)[0]]),
  );
}

describe('with an endpoint', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'tracing-'));
  const bundle = path.join(dir, 'service.cjs');
  let service: ChildProcess;
  let url: string;
  let output: string;

  beforeAll(() => {
    execFileSync(process.execPath, [
      require.resolve('esbuild/bin/esbuild'),
      path.join(__dirname, '../testing/tracedService.ts'),
      '--bundle',
      '--platform=node',
      '--log-level=error',
      `--outfile=${bundle}`,
    ]);
  });

  afterAll(() => rmSync(dir, { recursive: true }));

  afterEach(() => {
    service.kill('SIGKILL');
  });

  async function start(endpoint: string) {
    output = '';
    service = fork(bundle, [], {
      execArgv: [],
      env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    service.stdout?.on('data', chunk => {
      output += chunk;
    });
    [url] = await once(service, 'message');
  }

  /** Resolves with the exit code. */
  async function stop(): Promise<number | null> {
    const closed = once(service, 'close');
    service.kill('SIGTERM');
    const [code] = await closed;
    return code;
  }

  const post = (route: string, headers: Record<string, string> = {}) =>
    fetch(`${url}${route}`, { method: 'POST', headers });

  it('sends the spans of a request and its model call before it exits', async () => {
    const collector = await startCollector();
    await start(`${collector.endpoint}/`);
    const response = await post('/predict', { traceparent: GIVEN });
    const { sent } = await response.json();
    expect(await stop()).toBe(0);
    await collector.stop();

    expect(collector.paths).toEqual(['/v1/traces']);
    expect(collector.bodies[0]).toContain('quant-api');
    const [client, server] = collector.spans().sort((a, b) => b.kind - a.kind);
    expect(server).toMatchObject({
      name: 'POST /predict',
      kind: 2,
      traceId: '0af7651916cd43dd8448eb211c80319c',
      parentSpanId: 'b7ad6b7169203331',
    });
    expect(attributesOf(server)).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/predict',
      'http.response.status_code': 200,
    });
    expect(client).toMatchObject({
      name: 'chat smol',
      kind: 3,
      traceId: server.traceId,
      parentSpanId: server.spanId,
    });
    expect(sent).toBe(`00-${server.traceId}-${client.spanId}-01`);
    expect(attributesOf(client)).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'vllm',
      'gen_ai.request.model': 'smol',
      'gen_ai.request.stream': true,
      'gen_ai.response.model': 'smol-135m',
      'gen_ai.response.time_to_first_chunk': 0.25,
      'gen_ai.usage.input_tokens': 7,
      'gen_ai.usage.output_tokens': 3,
      'server.address': '10.0.0.7',
      'server.port': 8000,
    });
  });

  it('names errors, and leaves out probes and what the caller does not sample', async () => {
    const collector = await startCollector();
    await start(collector.endpoint);
    expect((await post('/fail')).status).toBe(504);
    expect((await post('/nosuch')).status).toBe(404);
    await fetch(`${url}/health`);
    await post('/predict', { traceparent: GIVEN.replace(/1$/, '0') });
    await stop();
    await collector.stop();
    expect(
      collector
        .spans()
        .map(span => [
          span.name,
          span.status.code ?? 0,
          attributesOf(span)['error.type'],
        ])
        .sort(),
    ).toEqual([
      ['POST /fail', 2, 'upstream_timeout'],
      ['POST unmatched', 0, 'unknown_url'],
      ['embeddings m', 2, 'upstream_timeout'],
    ]);
    // Logged with the id that the spans have.
    expect(output).toContain(collector.spans()[0].traceId);
  });

  it('answers, says so once and stops while the collector refuses', async () => {
    const collector = await startCollector(400);
    await start(collector.endpoint);
    // More than two batches.
    for (let i = 0; i < 12; i += 1) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => post('/predict')),
      );
      expect(answers.every(answer => answer.status === 200)).toBe(true);
    }
    expect(await stop()).toBe(0);
    await collector.stop();
    expect(collector.bodies.length).toBeGreaterThan(1);
    expect(output.match(/traces can't be delivered/g)).toHaveLength(1);
  });

  it('answers and stops in time without a collector', async () => {
    const collector = await startCollector();
    await collector.stop();
    await start(collector.endpoint);
    expect((await post('/predict')).status).toBe(200);
    expect(await stop()).toBe(0);
  });
});
