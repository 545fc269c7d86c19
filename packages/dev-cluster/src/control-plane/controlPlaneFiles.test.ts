import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { egressSocketPath } from './egress';
import { writeKubeconfig } from './kubeconfig';
import { loadOrCreatePki } from './pki';
import { choosePorts } from './ports';

// The worst serial numbers that can be drawn: encoded carelessly, OpenSSL and
// Go refuse what begins with zeros.
jest.mock('node:crypto', () => ({
  ...jest.requireActual('node:crypto'),
  randomBytes: (size: number) => Buffer.alloc(size),
}));

// Nine RSA keys take their time on a busy machine.
jest.setTimeout(60_000);

describe('files of the control plane', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'control-plane-'));
  });

  afterEach(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  it('makes certificates that its authority has signed, once', async () => {
    const pki = await loadOrCreatePki(dir);
    const ca = new X509Certificate(pki.ca.cert);
    const server = new X509Certificate(pki.apiserver.cert);
    const admin = new X509Certificate(pki.admin.cert);

    expect(ca.ca).toBe(true);
    for (const cert of [server, admin]) {
      expect(cert.verify(ca.publicKey)).toBe(true);
    }
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(server.checkIP('10.96.0.1')).toBe('10.96.0.1');
    expect(server.checkHost('kubernetes.default.svc')).toBeDefined();
    expect(admin.subject).toContain('O=system:masters');
    expect(statSync(pki.admin.keyFile).mode % 0o1000).toBe(0o600);

    const again = await loadOrCreatePki(dir);
    expect(again.ca.cert).toBe(pki.ca.cert);
  });

  it('keeps its ports, and leaves one that was taken meanwhile', async () => {
    const first = await choosePorts(dir, 9);
    expect(new Set(Object.values(first)).size).toBe(5);
    expect(await choosePorts(dir, 9)).toEqual(first);

    const squatter = createServer();
    await new Promise<void>(resolve =>
      squatter.listen(first.apiserver, '127.0.0.1', resolve),
    );
    try {
      const second = await choosePorts(dir, 9);
      expect(second.apiserver).not.toBe(first.apiserver);
      expect(second.etcdClient).toBe(first.etcdClient);
    } finally {
      await new Promise(resolve => squatter.close(resolve));
    }
  });

  it('finds a shorter place for a socket whose path would be too long', () => {
    const deep = path.join(dir, 'x'.repeat(120));

    expect(egressSocketPath(dir)).toBe(path.join(dir, 'run', 'egress.sock'));
    const socket = egressSocketPath(deep);
    expect(Buffer.byteLength(socket)).toBeLessThan(108);
    rmSync(path.dirname(socket), { recursive: true, force: true });
  });

  it('writes a kubeconfig that only its owner reads', () => {
    const file = path.join(dir, 'kubeconfig');
    writeKubeconfig({
      file,
      context: 'portal',
      server: 'https://127.0.0.1:1',
      ca: 'CA',
      user: { credentialFile: '/state/credential.json' },
    });

    const config = parse(readFileSync(file, 'utf8'));
    expect(statSync(file).mode % 0o1000).toBe(0o600);
    expect(config['current-context']).toBe('portal');
    expect(config.users[0].user.exec).toMatchObject({
      command: 'cat',
      args: ['/state/credential.json'],
    });
    expect(config.clusters[0].cluster).toEqual({
      server: 'https://127.0.0.1:1',
      'certificate-authority-data': Buffer.from('CA').toString('base64'),
    });
  });
});
