import { mkdtempSync, rmSync } from 'node:fs';
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
