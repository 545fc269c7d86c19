import { connect, type AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { errorCodes, ServiceError } from '../errors';
import { Health } from '../health';
import { createMetricsRegistry } from '../metrics';
import { createServiceApp } from './createServiceApp';
import { createLogger } from './logger';

describe('createServiceApp', () => {
  let app: FastifyInstance;
  let health: Health;
  let lines: string[];

  beforeEach(() => {
    const written: string[] = [];
    lines = written;
    health = new Health(['model']);
    app = createServiceApp({
      logger: createLogger({
        service: 'test-api',
        destination: { write: line => written.push(line) },
      }),
      health,
      metrics: createMetricsRegistry('test-api'),
      bodyLimit: 1024,
      requestTimeoutMs: 1000,
    });
    app.get('/teapot', () => {
      throw new ServiceError('model_starting', 'Not yet.', {
        param: 'model',
        headers: { 'retry-after': '5' },
      });
    });
    app.get('/bug', () => {
      throw new Error('password=hunter2');
    });
    app.post('/echo', async request => request.body);
  });

  afterEach(() => app.close());

  const logged = () => lines.map(line => JSON.parse(line));

  it('answers the three probes by its health', async () => {
    const statuses = async () =>
      Promise.all(
        ['/startup', '/health', '/ready'].map(
          async url => (await app.inject(url)).statusCode,
        ),
      );
    expect(await statuses()).toEqual([200, 200, 503]);
    health.set('model', true);
    expect(await statuses()).toEqual([200, 200, 200]);
    health.set('model', false, 'gone');
    expect(await statuses()).toEqual([200, 200, 503]);
  });

  it('closes only after a slow reader has the end of its answer', async () => {
    const size = 8 * 1024 * 1024;
    app.get('/long', () => 'x'.repeat(size));
    await app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = app.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /long HTTP/1.1\r\nhost: a\r\n\r\n');
    let received = 0;
    let closing: Promise<unknown> | undefined;
    await new Promise<void>((resolve, reject) => {
      socket.on('data', chunk => {
        received += chunk.length;
        if (!closing) {
          // The answer is written as a whole and not yet read: the service ends now.
          closing = app.close();
          socket.pause();
          setTimeout(() => socket.resume(), 300);
        }
      });
      socket.on('close', () => resolve());
      socket.on('error', reject);
    });
    await closing;
    expect(received).toBeGreaterThan(size);
  });

  it('serves metrics that name the service', async () => {
    const response = await app.inject('/metrics');
    expect(response.headers['content-type']).toContain('text/plain');
    expect(response.body).toContain('service="test-api"');
  });

  it('gives errors the shape of OpenAI', async () => {
    const response = await app.inject('/teapot');
    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('5');
    expect(response.json()).toEqual({
      error: {
        message: 'Not yet.',
        type: 'server_error',
        param: 'model',
        code: 'model_starting',
      },
    });
  });

  it('keeps the message of a bug to the log', async () => {
    const response = await app.inject('/bug');
    expect(response.statusCode).toBe(500);
    expect(response.json().error.code).toBe('internal_error');
    expect(response.body).not.toContain('hunter2');
    expect(lines.join('')).toContain('hunter2');
  });

  it.each([
    ['an unknown path', { url: '/nosuch' }, 404, 'unknown_url'],
    [
      'a body that is too large',
      {
        method: 'POST' as const,
        url: '/echo',
        payload: { a: 'x'.repeat(2000) },
      },
      413,
      'request_too_large',
    ],
    [
      'broken JSON',
      {
        method: 'POST' as const,
        url: '/echo',
        headers: { 'content-type': 'application/json' },
        payload: '{',
      },
      400,
      'bad_request',
    ],
  ])('answers %s', async (_name, request, status, code) => {
    const response = await app.inject(request);
    expect([response.statusCode, response.json().error.code]).toEqual([
      status,
      code,
    ]);
  });

  it('writes one line per request, with its id and without its query', async () => {
    await app.inject({
      url: '/teapot?prompt=secret',
      headers: {
        'x-request-id': 'abc-1',
        authorization: 'Bearer sk-llmp-secret',
      },
    });
    await new Promise(resolve => setImmediate(resolve));
    await new Promise(resolve => setImmediate(resolve));
    const requests = logged().filter(line => line.msg === 'request');
    expect(requests).toEqual([
      expect.objectContaining({
        level: 'info',
        service: 'test-api',
        request_id: 'abc-1',
        method: 'GET',
        route: '/teapot',
        status: 503,
        error: 'model_starting',
      }),
    ]);
    expect(lines.join('')).not.toContain('secret');
  });
});

describe('errorCodes', () => {
  it('all have a status of an error and a meaning', () => {
    for (const info of Object.values(errorCodes)) {
      expect(info.status).toBeGreaterThanOrEqual(400);
      expect(info.meaning).toMatch(/\.$/);
    }
  });
});
