import { mkdtempSync, rmSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { Pki, loadOrCreatePki } from '../../control-plane/pki';
import { PodManager } from '../pods';
import { KubeletServer, startKubeletServer } from './kubeletServer';

describe('startKubeletServer', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'llmp-kubelet-'));
  let pki: Pki;
  let server: KubeletServer;

  beforeAll(async () => {
    pki = await loadOrCreatePki(dir);
    const { cert, key } = pki.kubeletServer;
    server = await startKubeletServer({
      tls: { cert, key, clientCa: pki.ca.cert },
      pods: { workers: () => [] } as unknown as PodManager,
      metrics: {
        access: {
          mayRead: async (token, node) =>
            token === 'reader' && node === 'node-1',
        },
        node: host => (host === '10.0.1.11' ? 'node-1' : undefined),
        read: async node => `of ${node}\n`,
      },
    });
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    rmSync(dir, { recursive: true });
  });

  const upgrade = (target: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const { cert, key } = pki.apiserverKubeletClient;
      const socket = tls.connect({
        host: '127.0.0.1',
        port: server.port,
        cert,
        key,
        rejectUnauthorized: false,
      });
      let all = '';
      socket.on('data', data => {
        all += data;
      });
      socket.on('error', reject);
      socket.on('end', () => resolve(all));
      socket.write(
        `GET ${target} HTTP/1.1\r\nHost: k\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n\r\n`,
      );
    });

  /** The answer to a request without a client certificate. */
  const ask = (
    url: string,
    headers: Record<string, string> = {},
  ): Promise<[number | undefined, string]> =>
    new Promise((resolve, reject) => {
      https
        .get(
          {
            host: '127.0.0.1',
            port: server.port,
            path: url,
            headers: { host: '10.0.1.11:10250', ...headers },
            rejectUnauthorized: false,
          },
          response => {
            let body = '';
            response.setEncoding('utf8').on('data', chunk => {
              body += chunk;
            });
            response.on('end', () => resolve([response.statusCode, body]));
          },
        )
        .on('error', reject);
    });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('gives the metrics of a node to whom the apiserver lets read them', async () => {
    expect(await ask('/metrics', bearer('reader'))).toEqual([
      200,
      'of node-1\n',
    ]);
    expect((await ask('/metrics'))[0]).toBe(401);
    expect((await ask('/metrics', bearer('other')))[0]).toBe(403);
    expect(
      (
        await ask('/metrics', { ...bearer('reader'), host: '10.0.9.9:10250' })
      )[0],
    ).toBe(404);
  });

  it.each(['/pods', '/stats/summary', '/containerLogs/quant/pod/main'])(
    'keeps %s for the apiserver',
    async url => {
      expect((await ask(url, bearer('reader')))[0]).toBe(403);
    },
  );

  it.each([
    ['/exec/quant/pod/main?command=sh', 'exec is not supported'],
    ['/portForward/quant/pod', 'port-forward is not supported'],
    ['//', 'is not supported'],
  ])('refuses to upgrade %s, and says why', async (target, why) => {
    const answer = await upgrade(target);
    expect(answer).toContain('501 Not Implemented');
    expect(answer).toContain(why);
  });
});
