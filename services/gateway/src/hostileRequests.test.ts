import net, { type AddressInfo, type Socket } from 'node:net';
import { createLogger, type ServiceLogger } from '@llm-platform/service-kit';
import { chatChunk, FakeUpstream } from './testing/FakeUpstream';
import { QUANT_KEY, routeTo, TestGateway } from './testing/TestGateway';

// Real HTTP, on machines that have other work.
jest.setTimeout(30_000);

describe('what clients send in bad faith', () => {
  let upstream: FakeUpstream;
  let gateway: TestGateway;

  async function start(
    limits: Record<string, number> = {},
    options: { logger?: ServiceLogger } = {},
  ) {
    gateway = await TestGateway.start({ limits, ...options });
    gateway.setRoutes([
      routeTo(upstream.origin),
      routeTo(upstream.origin, { kind: 'service', name: 'quant' }),
    ]);
  }

  beforeEach(async () => {
    upstream = await FakeUpstream.start();
  });

  afterEach(async () => {
    await gateway.stop();
    await upstream.stop();
  });

  const HEAD = (path: string) =>
    `POST ${path} HTTP/1.1\r\nhost: g\r\nx-api-key: ${QUANT_KEY}\r\n`;

  function connect(): Socket {
    const { port } = gateway.gateway.app.server.address() as AddressInfo;
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => {});
    return socket;
  }

  async function answerOn(socket: Socket): Promise<string> {
    let answer = '';
    for await (const chunk of socket) {
      answer += chunk;
    }
    return answer;
  }

  const works = async () =>
    (await gateway.chat({ model: 'smol' })).status === 200;

  describe('nested too deep', () => {
    const deep = '['.repeat(2_000_000);
    const closed = `${deep}${']'.repeat(2_000_000)}`;

    it.each([
      ['unclosed', deep, 400],
      ['in an unknown field', `{"model":"smol","x":${closed}}`, 200],
      [
        'in the stream options',
        `{"model":"smol","stream":true,"stream_options":{"x":${closed}}}`,
        200,
      ],
      ['beside two models', `{"model":"a","x":${closed},"model":"smol"}`, 200],
    ])('%s', async (_name, body, status) => {
      await start();
      const response = await gateway.chat(body);
      await response.text();
      expect(response.status).toBe(status);
      expect(await works()).toBe(true);
    });
  });

  it('two models in one body: only the one that was checked goes on', async () => {
    await start();
    for (const body of [
      '{"model":"an-adapter","model":"smol"}',
      '{"mod\\u0065l":"an-adapter","model":"smol"}',
      '{"model":"an-adapter","mod\\u0065l":"smol"}',
    ]) {
      upstream.received.length = 0;
      expect((await gateway.chat(body)).status).toBe(200);
      expect(upstream.received[0].body).not.toContain('an-adapter');
    }
    expect(
      (await gateway.chat('{"model":"smol","model":"an-adapter"}')).status,
    ).toBe(404);
  });

  it('a key __proto__, which is one as any other', async () => {
    await start();
    const body =
      '{"__proto__":{"model":"smol","stream":true},"constructor":{"prototype":{}}}';
    const response = await gateway.chat(body);
    expect(response.status).toBe(400);
    expect((await response.json()).error.code).toBe('missing_model');
    expect(await works()).toBe(true);
  });

  it('bytes that are no text', async () => {
    await start();
    const response = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'x-api-key': QUANT_KEY },
      body: Buffer.from([0xff, 0xfe, 0x00, 0x7b, 0x22]),
    });
    expect(response.status).toBe(400);
  });

  it.each(['/v1/chat/completions', '/api/quant/predict'])(
    'a body over the limit without a length, to %s',
    async path => {
      await start({ bodyBytes: 4096 });
      const socket = connect();
      socket.write(`${HEAD(path)}transfer-encoding: chunked\r\n\r\n`);
      for (let i = 0; i < 8; i += 1) {
        socket.write(`400\r\n${'x'.repeat(1024)}\r\n`);
      }
      expect(await answerOn(socket)).toMatch(
        /^HTTP\/1.1 413 .*request_too_large/s,
      );
      expect(upstream.received).toHaveLength(0);
    },
  );

  it.each(['/v1/chat/completions', '/api/quant/predict'])(
    'a body that drips, to %s',
    async path => {
      await start({ requestMs: 300 });
      const socket = connect();
      socket.write(`${HEAD(path)}content-length: 1000\r\n\r\n{`);
      const drip = setInterval(() => socket.write(' '), 20);
      const answer = await answerOn(socket);
      clearInterval(drip);
      expect(answer).toMatch(/^HTTP\/1.1 408 .*request_timeout/s);
      expect(upstream.received).toHaveLength(0);
      expect(await works()).toBe(true);
    },
  );

  it('headers that drip', async () => {
    await start({ requestMs: 300 });
    const socket = connect();
    socket.write(HEAD('/v1/chat/completions'));
    const drip = setInterval(() => socket.write('x: y\r\n'), 20);
    const answer = await answerOn(socket);
    clearInterval(drip);
    expect(answer).toMatch(/^HTTP\/1.1 408 /);
    expect(await works()).toBe(true);
  });

  it('a stream that nobody reads', async () => {
    await start({ stallMs: 100 });
    upstream.answer = response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let i = 0; i < 400; i += 1) {
        response.write(chatChunk('x'.repeat(64 * 1024)));
      }
    };
    const arrived = upstream.nextRequest();
    const { response } = gateway.rawChat({ model: 'smol', stream: true });
    const answer = await response;
    answer.on('error', () => {});
    answer.pause();
    const { aborted } = await arrived;
    await expect(aborted).resolves.toBeUndefined();
  });

  it('a stream that nobody reads to its end', async () => {
    const lines: string[] = [];
    await start(
      { totalMs: 3000, stallMs: 9000 },
      {
        logger: createLogger({
          service: 'gateway',
          destination: { write: line => lines.push(line) },
        }),
      },
    );
    const event = chatChunk('x'.repeat(64 * 1024));
    upstream.answer = response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (let i = 0; i < 400; i += 1) {
        response.write(event);
      }
    };
    const { response } = gateway.rawChat({ model: 'smol', stream: true });
    const answer = await response;
    answer.on('error', () => {});
    answer.pause();
    // Its time is over first; then it is told so, which it doesn't read either.
    while (!lines.join('').includes('"msg":"request"')) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    expect(lines.join('')).toContain('"outcome":"interrupted"');
    expect(await works()).toBe(true);
  });

  it('100,000 names that they invent: the metrics stay as small as they were', async () => {
    const silent = createLogger({ service: 'gateway', level: 'silent' });
    await start({}, { logger: silent });
    const ask = async (from: number, to: number) => {
      const socket = connect();
      const answers = answerOn(socket);
      for (let i = from; i < to; i += 1) {
        const body = `{"model":"invented-${i}"}`;
        const path =
          [`/api/invented-${i}/predict`, `/v1/invented-${i}`][i % 20] ??
          '/v1/chat/completions';
        const last = i === to - 1 ? 'connection: close\r\n' : '';
        const isRoom = socket.write(
          `${HEAD(path)}x-request-id: invented-${i}\r\n${last}content-length: ${
            body.length
          }\r\n\r\n${body}`,
        );
        if (!isRoom) {
          await new Promise(resolve => socket.once('drain', resolve));
        }
      }
      return (await answers).split('HTTP/1.1 404').length - 1;
    };
    const ours = async () =>
      (await gateway.metrics())
        .split('\n')
        .filter(line => line.startsWith('llm_gateway'));
    await ask(0, 30);
    const before = (await ours()).length;
    expect(await ask(30, 100_030)).toBe(100_000);
    const after = await ours();
    expect(after).toHaveLength(before);
    expect(after.join('')).not.toContain('invented');
  }, 120_000);
});
