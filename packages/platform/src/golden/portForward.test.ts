import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { forwardPort } from './portForward';

describe('forwardPort', () => {
  let dir: string;
  /** A program that does as kubectl does. */
  const kubectl = (source: string) => {
    const file = path.join(dir, 'kubectl.js');
    writeFileSync(file, source);
    return [process.execPath, file, '--context=c'];
  };
  const options = {
    namespace: 'observability',
    service: 'prometheus',
    port: 9090,
    timeoutMs: 20_000,
  };

  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'llmp-forward-'));
  });
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  it('tells where the port is', async () => {
    const forwarded = await forwardPort({
      ...options,
      kubectl: kubectl(`
        const asked = process.argv.slice(2).join(' ');
        if (asked !== '--context=c --namespace=observability port-forward service/prometheus :9090') {
          process.stderr.write(asked);
          process.exit(1);
        }
        console.log('Forwarding from 127.0.0.1:40123 -> 9090');
        setInterval(() => {}, 1000);
      `),
    });
    expect(forwarded.url).toBe('http://127.0.0.1:40123');
    forwarded.stop();
  });

  it('fails with kubectl’s own words', async () => {
    await expect(
      forwardPort({
        ...options,
        kubectl: kubectl(
          `process.stderr.write('error: services "prometheus" not found\\n'); process.exit(1);`,
        ),
      }),
    ).rejects.toThrow('services "prometheus" not found');
  });

  it('fails where there is no kubectl', async () => {
    await expect(
      forwardPort({ ...options, kubectl: [path.join(dir, 'none')] }),
    ).rejects.toThrow('ENOENT');
  });
});
