import http from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import {
  chatChunk,
  doneChunk,
  FakeUpstream,
  refusingOrigin,
} from './testing/FakeUpstream';
import { routeTo, TestGateway } from './testing/TestGateway';

/** Pods have addresses that only the proxy can dial, as on the embedded cluster. */
class TunnelProxy {
  readonly tunnels: string[] = [];
  readonly pods = new Map<string, string>();
  /** Answers a request for a tunnel to it with nothing at all. */
  silentAbout: string | undefined;
  private readonly sockets = new Set<Socket>();
  private readonly server = http.createServer((_request, response) => {
    response.writeHead(400).end('only CONNECT');
  });

  async start(): Promise<void> {
    this.server.on('connect', (request, client: Socket) => {
      const target = request.url ?? '';
      this.tunnels.push(target);
      client.on('error', () => {});
      if (target === this.silentAbout) {
        return;
      }
      const origin = this.pods.get(target);
      if (!origin) {
        client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
        return;
      }
      const { port } = new URL(origin);
      const upstream = net.connect(Number(port), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.pipe(client);
        client.pipe(upstream);
      });
      upstream.on('error', () =>
        client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'),
      );
      upstream.on('close', () => client.destroy());
      client.on('close', () => upstream.destroy());
    });
    this.server.on('connection', socket => {
      this.sockets.add(socket);
    });
    await new Promise<void>(resolve => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.sockets.forEach(socket => socket.destroy());
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }
}

describe('models behind a proxy', () => {
  let proxy: TunnelProxy;
  let upstream: FakeUpstream;
  let gateway: TestGateway;

  beforeEach(async () => {
    proxy = new TunnelProxy();
    await proxy.start();
    upstream = await FakeUpstream.start();
    proxy.pods.set('10.244.0.5:8000', upstream.origin);
    gateway = await TestGateway.start({ proxy: { url: proxy.url } });
  });

  afterEach(async () => {
    await gateway.stop();
    await upstream.stop();
    await proxy.stop();
  });

  it('are reached through a tunnel that is kept', async () => {
    upstream.answer = response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chatChunk('Paris'));
      response.end(doneChunk);
    };
    gateway.setRoutes([routeTo('http://10.244.0.5:8000')]);
    for (let i = 0; i < 2; i += 1) {
      const response = await gateway.chat({ model: 'smol', stream: true });
      expect(await response.text()).toBe(chatChunk('Paris') + doneChunk);
    }
    expect(proxy.tunnels).toEqual(['10.244.0.5:8000']);
    expect(upstream.received[0].path).toBe('/v1/chat/completions');
  });

  it('are tried elsewhere where the proxy cannot reach one', async () => {
    proxy.pods.set('10.244.0.7:8000', await refusingOrigin());
    gateway.setRoutes([
      routeTo([
        'http://10.244.0.6:8000',
        'http://10.244.0.7:8000',
        'http://10.244.0.5:8000',
      ]),
    ]);
    for (let i = 0; i < 3; i += 1) {
      expect((await gateway.chat({ model: 'smol' })).status).toBe(200);
    }
    expect(upstream.received).toHaveLength(3);
  });

  it('are tried elsewhere where a connection takes too long', async () => {
    const impatient = await TestGateway.start({
      proxy: { url: proxy.url },
      limits: { connectMs: 200 },
    });
    try {
      proxy.silentAbout = '10.244.0.6:8000';
      impatient.setRoutes([
        routeTo(['http://10.244.0.6:8000', 'http://10.244.0.5:8000']),
      ]);
      for (let i = 0; i < 2; i += 1) {
        expect((await impatient.chat({ model: 'smol' })).status).toBe(200);
      }
      expect(upstream.received).toHaveLength(2);
      expect(proxy.tunnels).toContain(proxy.silentAbout);
    } finally {
      await impatient.stop();
    }
  });

  it('answer 502 when the proxy reaches none of them', async () => {
    gateway.setRoutes([routeTo('http://10.244.0.6:8000')]);
    const response = await gateway.chat({ model: 'smol' });
    expect(response.status).toBe(502);
    expect((await response.json()).error.code).toBe('upstream_unreachable');
  });

  it('answer 502 when the proxy itself is gone', async () => {
    gateway.setRoutes([routeTo('http://10.244.0.5:8000')]);
    await proxy.stop();
    const response = await gateway.chat({ model: 'smol' });
    expect(response.status).toBe(502);
    await proxy.start();
  });

  it('are cancelled when the client leaves', async () => {
    upstream.answer = response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(chatChunk('first'));
    };
    gateway.setRoutes([routeTo('http://10.244.0.5:8000')]);
    const arrived = upstream.nextRequest();
    const { request, response } = gateway.rawChat({ model: 'smol' });
    (await response).once('error', () => {});
    request.destroy();
    const { aborted } = await arrived;
    await expect(aborted).resolves.toBeUndefined();
  });
});
