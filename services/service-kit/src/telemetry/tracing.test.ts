import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { noTracing, startTracing } from './tracing';

const GIVEN = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

function begin(headers: Record<string, string>, tracing = noTracing) {
  return tracing.begin({ headers, method: 'POST', route: '/predict' });
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
  it('sends the spans of a request and its model call when it stops', async () => {
    const collector = await startCollector();
    const tracing = startTracing({
      service: 'quant-api',
      endpoint: `${collector.endpoint}/`,
    });
    const trace = begin({ traceparent: GIVEN }, tracing);
    const call = trace.modelCall({
      operation: 'chat',
      model: 'smol',
      stream: true,
    });
    call.end({
      origin: 'http://10.0.0.7:8000',
      responseModel: 'smol-135m',
      firstByteMs: 250,
      usage: { promptTokens: 7, completionTokens: 3 },
    });
    trace.end({ status: 200, route: '/predict' });
    await tracing.stop();
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
    expect(call.traceparent).toBe(`00-${server.traceId}-${client.spanId}-01`);
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

  it('names errors, and leaves probes and what the caller does not sample out', async () => {
    const collector = await startCollector();
    const tracing = startTracing({
      service: 'quant-api',
      endpoint: collector.endpoint,
    });
    const failed = begin({}, tracing);
    failed
      .modelCall({ operation: 'embeddings', model: 'm' })
      .end({ error: 'upstream_timeout' });
    failed.end({ status: 504, route: '/predict', error: 'upstream_timeout' });
    begin({}, tracing).end({
      status: 401,
      route: '/predict',
      error: 'invalid_api_key',
    });
    tracing
      .begin({ headers: {}, method: 'GET', route: '/health', quiet: true })
      .end({ status: 200, route: '/health' });
    const unsampled = begin({ traceparent: GIVEN.replace(/1$/, '0') }, tracing);
    unsampled.end({ status: 200, route: '/predict' });
    await tracing.stop();
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
      ['POST /predict', 0, 'invalid_api_key'],
      ['POST /predict', 2, 'upstream_timeout'],
      ['embeddings m', 2, 'upstream_timeout'],
    ]);
  });

  it('says once that the collector refuses, and goes on', async () => {
    const collector = await startCollector(400);
    const problems: string[] = [];
    const tracing = startTracing({
      service: 'quant-api',
      endpoint: collector.endpoint,
      onProblem: message => problems.push(message),
    });
    // More than two batches.
    for (let i = 0; i < 1200; i += 1) {
      begin({}, tracing).end({ status: 200, route: '/predict' });
    }
    await tracing.stop();
    await collector.stop();
    expect(collector.bodies.length).toBeGreaterThan(1);
    expect(problems).toEqual([
      expect.stringContaining("traces can't be delivered"),
    ]);
  });

  it('stops although the collector is gone', async () => {
    const collector = await startCollector();
    await collector.stop();
    const tracing = startTracing({
      service: 'quant-api',
      endpoint: collector.endpoint,
    });
    begin({}, tracing).end({ status: 200, route: '/predict' });
    await expect(tracing.stop()).resolves.toBeUndefined();
  });
});
