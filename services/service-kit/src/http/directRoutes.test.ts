import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { ServiceError } from '../errors';
import { Health } from '../health';
import { createServiceApp } from './createServiceApp';
import type { DirectRoute } from './directRoutes';
import { createLogger } from './logger';

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

// Real HTTP, on machines that have other work.
jest.setTimeout(30_000);

describe('directPost', () => {
  let app: FastifyInstance;
  let lines: string[];
  let url: string;
  let route: Required<DirectRoute<string>>;

  beforeEach(async () => {
    const written: string[] = [];
    lines = written;
    app = createServiceApp({
      logger: createLogger({
        service: 'test-api',
        destination: { write: text => written.push(text) },
      }),
      health: new Health(),
      bodyLimit: 1000,
      requestTimeoutMs: 5000,
    });
    route = {
      begin: jest.fn(() => 'known'),
      handle: jest.fn(async request => {
        request.facts.model = 'smol';
        request.response.end(request.body);
      }),
      onDone: jest.fn(),
    };
    app.directPost('/echo', route);
    app.get('/echo', async () => 'from Fastify');
    await app.listen({ host: '127.0.0.1', port: 0 });
    url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  });

  afterEach(() => app.close());

  const post = (body: BodyInit, headers: Record<string, string> = {}) =>
    fetch(`${url}/echo?prompt=secret`, {
      method: 'POST',
      body,
      headers,
      duplex: 'half',
    } as RequestInit);

  async function line() {
    for (;;) {
      const found = lines.find(text => text.includes('"msg":"request"'));
      if (found) {
        return JSON.parse(found);
      }
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  it('gives the handler the bytes and writes one line', async () => {
    const response = await post('{"a": 1.50}', {
      'x-request-id': 'abc-1',
      traceparent: TRACEPARENT,
    });
    expect(await response.text()).toBe('{"a": 1.50}');
    expect(await line()).toMatchObject({
      level: 'info',
      msg: 'request',
      service: 'test-api',
      request_id: 'abc-1',
      trace_id: '0af7651916cd43dd8448eb211c80319c',
      method: 'POST',
      route: '/echo',
      status: 200,
      model: 'smol',
      duration_ms: expect.any(Number),
    });
    expect(lines.join('')).not.toContain('secret');
    expect(route.onDone).toHaveBeenCalledWith(expect.anything(), 'known', 200);
  });

  it('puts together a body that comes in pieces', async () => {
    async function* pieces() {
      for (const piece of ['one ', 'two ', 'three']) {
        yield Buffer.from(piece);
        await new Promise(resolve => setTimeout(resolve, 5));
      }
    }
    const response = await post(pieces() as unknown as BodyInit);
    expect(await response.text()).toBe('one two three');
  });

  it('leaves other methods and paths to Fastify', async () => {
    expect(await (await fetch(`${url}/echo`)).text()).toBe('from Fastify');
    const other = await fetch(`${url}/echo/x`, { method: 'POST' });
    expect(other.status).toBe(404);
    expect(route.handle).not.toHaveBeenCalled();
  });

  it('answers what begin throws without reading the body', async () => {
    route.begin = jest.fn(async () => {
      throw new ServiceError('missing_api_key', 'No key.', {
        headers: { 'www-authenticate': 'Bearer' },
      });
    });
    app.directPost('/echo', route);
    const response = await post('{}', { 'x-request-id': 'abc-2' });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(response.headers.get('x-request-id')).toBe('abc-2');
    expect((await response.json()).error.code).toBe('missing_api_key');
    expect(route.handle).not.toHaveBeenCalled();
    expect(route.onDone).toHaveBeenCalledWith(
      expect.anything(),
      undefined,
      401,
    );
    expect(await line()).toMatchObject({
      status: 401,
      error: 'missing_api_key',
    });
  });

  it('keeps the message of a bug to the log', async () => {
    route.handle = () => {
      throw new Error('password=hunter2');
    };
    app.directPost('/echo', route);
    const response = await post('{}');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('hunter2');
    expect(lines.join('')).toContain('hunter2');
  });

  it.each([
    ['says how long it is', Buffer.alloc(500_000)],
    [
      "doesn't",
      (async function* endless() {
        for (let i = 0; i < 500; i += 1) {
          yield Buffer.alloc(1000);
        }
      })() as unknown as BodyInit,
    ],
  ])(
    'answers a body that is too large and %s with a 413 that arrives',
    async (_name, body) => {
      const response = await post(body);
      expect(response.status).toBe(413);
      expect((await response.json()).error.code).toBe('request_too_large');
      expect(response.headers.get('connection')).toBe('close');
      expect(route.handle).not.toHaveBeenCalled();
    },
  );

  it('notes a client that leaves before its request is whole', async () => {
    const { port } = app.server.address() as AddressInfo;
    const socket = net.connect(port, '127.0.0.1');
    socket.write(
      'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhal',
    );
    await new Promise(resolve => setTimeout(resolve, 20));
    socket.destroy();
    const written = await line();
    expect(written).toMatchObject({ aborted: true, error: 'bad_request' });
    expect(written).not.toHaveProperty('status');
    expect(route.handle).not.toHaveBeenCalled();
    expect(route.onDone).toHaveBeenCalledWith(
      expect.anything(),
      'known',
      undefined,
    );
  });

  it('notes a client that leaves while it is found out who asks', async () => {
    let known = (_who: string) => {};
    const asked = new Promise<http.IncomingMessage>(resolve => {
      route.begin = request => {
        resolve(request.raw);
        return new Promise<string>(done => {
          known = done;
        });
      };
    });
    app.directPost('/echo', route);
    const { port } = app.server.address() as AddressInfo;
    const socket = net.connect(port, '127.0.0.1');
    socket.write(
      'POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n',
    );
    const request = await asked;
    const left = new Promise(resolve => request.once('close', resolve));
    socket.destroy();
    await left;
    known('somebody');
    expect(await line()).toMatchObject({ aborted: true, error: 'bad_request' });
    expect(route.handle).not.toHaveBeenCalled();
  });

  it('cuts off what it cannot answer, and goes on', async () => {
    route.handle = () => {
      throw new ServiceError('model_unavailable', 'No.', {
        headers: { 'x-other': 'モデル' },
      });
    };
    app.directPost('/echo', route);
    await expect(post('{}')).rejects.toThrow();
    expect(lines.join('')).toContain('the error could not be answered');
    expect(await (await fetch(`${url}/echo`)).text()).toBe('from Fastify');
  });

  it('lets a request in flight finish on close, and its connection end', async () => {
    let answer = () => {};
    const arrived = new Promise<void>(resolve => {
      route.handle = request => {
        answer = () => request.response.end('late');
        resolve();
      };
    });
    app.directPost('/echo', route);
    const agent = new http.Agent({ keepAlive: true });
    const response = new Promise<http.IncomingMessage>((resolve, reject) => {
      http
        .request(`${url}/echo`, { method: 'POST', agent }, resolve)
        .once('error', reject)
        .end('{}');
    });
    await arrived;
    const closed = app.close();
    answer();
    (await response).resume();
    await expect(closed).resolves.toBeUndefined();
    agent.destroy();
  });
});
