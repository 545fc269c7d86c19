import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net, { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConnectProxy, startConnectProxy } from './connectProxy';

describe('startConnectProxy', () => {
  let upstream: http.Server;
  let proxy: ConnectProxy;
  let release: () => void = () => {};

  beforeAll(async () => {
    upstream = http.createServer((request, response) => {
      if (request.url === '/odd') {
        request.socket.end('HTTP/1.1 042 Odd\r\nContent-Length: 0\r\n\r\n');
        return;
      }
      if (request.url === '/stream') {
        response.write('first');
        release = () => response.end('second');
        return;
      }
      let body = '';
      request.on('data', chunk => {
        body += chunk;
      });
      request.on('end', () =>
        response.end(
          JSON.stringify({ url: request.url, headers: request.headers, body }),
        ),
      );
    });
    await new Promise<void>(done => {
      upstream.listen(0, '127.0.0.1', done);
    });
    const { port } = upstream.address() as AddressInfo;
    proxy = await startConnectProxy({
      listen: { host: '127.0.0.1', port: 0 },
      absoluteForm: true,
      resolve(host) {
        if (host === 'bad.quant.svc') {
          return { host: '127.0.0.1', port: 65_536 };
        }
        if (host !== 'model.quant.svc') {
          throw new Error(`${host} is unknown`);
        }
        return { host: '127.0.0.1', port };
      },
    });
  });
  afterAll(async () => {
    await proxy.stop();
    upstream.closeAllConnections();
    upstream.close();
  });

  const request = (
    options: http.RequestOptions,
    body?: string,
  ): Promise<http.IncomingMessage> =>
    new Promise((resolve, reject) => {
      const sent = http.request(
        { host: '127.0.0.1', port: proxy.port, agent: false, ...options },
        resolve,
      );
      sent.on('error', reject);
      sent.end(body);
    });
  const textOf = async (response: http.IncomingMessage) => {
    let text = '';
    for await (const chunk of response) {
      text += chunk;
    }
    return text;
  };
  const tunnel = (authority: string): Promise<[net.Socket, string]> =>
    new Promise((resolve, reject) => {
      const socket = net.connect(proxy.port, '127.0.0.1');
      socket.write(
        `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`,
      );
      socket.once('data', data => resolve([socket, data.toString()]));
      socket.once('error', reject);
    });

  it('passes on a request with an absolute URL', async () => {
    const response = await request(
      {
        method: 'POST',
        path: 'http://model.quant.svc:8000/v1/x?y=1',
        headers: { 'x-own': '1', 'proxy-authorization': 'secret' },
      },
      'question',
    );
    const seen = JSON.parse(await textOf(response));
    expect(seen).toMatchObject({
      url: '/v1/x?y=1',
      body: 'question',
      headers: { host: 'model.quant.svc:8000', 'x-own': '1' },
    });
    expect(seen.headers).not.toHaveProperty('proxy-authorization');
  });

  it('streams an answer as it comes', async () => {
    const response = await request({
      path: 'http://model.quant.svc:8000/stream',
    });
    const first = await new Promise(resolve => {
      response.once('data', chunk => resolve(chunk.toString()));
    });
    expect(first).toBe('first');
    release();
    expect(await textOf(response)).toBe('second');
  });

  it('opens a tunnel', async () => {
    const [socket, answer] = await tunnel('model.quant.svc:8000');
    expect(answer).toContain('200 Connection established');
    const text = await new Promise<string>(resolve => {
      let all = '';
      socket.on('data', data => {
        all += data;
      });
      socket.on('close', () => resolve(all));
      socket.write(
        'GET /through HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      );
    });
    expect(text).toContain('"url":"/through"');
  });

  it('refuses what it can’t reach, and says why', async () => {
    const response = await request({ path: 'http://example.com/' });
    expect(response.statusCode).toBe(502);
    expect(await textOf(response)).toBe('example.com is unknown\n');
    const [socket, answer] = await tunnel('example.com:443');
    expect(answer).toContain('502 Bad Gateway');
    expect(answer).toContain('example.com is unknown');
    socket.destroy();
  });

  it.each([
    'model.quant.svc:0',
    'model.quant.svc:65536',
    'model.quant.svc:99999999999',
    'bad.quant.svc:80',
  ])('survives %s, which is no port', async authority => {
    const [socket, answer] = await tunnel(authority);
    expect(answer).toContain('502 Bad Gateway');
    socket.destroy();
    const { statusCode } = await request({ path: `http://${authority}/` });
    expect([400, 502]).toContain(statusCode);
  });

  it('survives an answer that can’t be passed on', async () => {
    const response = await request({
      path: 'http://model.quant.svc:8000/odd',
    });
    expect(response.statusCode).toBe(502);
  });

  it('refuses requests that are not for a proxy', async () => {
    expect((await request({ path: '/plain' })).statusCode).toBe(400);
    const [socket, answer] = await tunnel('nonsense');
    expect(answer).toContain('502');
    socket.destroy();
  });

  it('takes a socket over that a killed process has left', async () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'llmp-proxy-'));
    const socketPath = path.join(dir, 'egress.sock');
    writeFileSync(socketPath, '');
    const second = await startConnectProxy({
      listen: { socketPath },
      absoluteForm: false,
      resolve: () => ({ host: '127.0.0.1', port: 1 }),
    });
    expect(existsSync(socketPath)).toBe(true);
    await second.stop();
    rmSync(dir, { recursive: true });
  });
});
