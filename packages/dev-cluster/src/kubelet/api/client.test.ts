import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createApiClient } from './client';

describe('createApiClient', () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'llmp-client-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  it('reads server and authority from a kubeconfig', async () => {
    const file = path.join(dir, 'config');
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [
          {
            name: 'c',
            cluster: {
              server: 'https://127.0.0.1:6443',
              'certificate-authority-data':
                Buffer.from('the CA').toString('base64'),
            },
          },
        ],
        users: [{ name: 'u', user: { token: 'secret' } }],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
        'current-context': 'x',
      }),
    );
    const client = await createApiClient(file);
    expect(client.server).toBe('https://127.0.0.1:6443');
    expect(client.ca).toBe('the CA');
    client.close();
  });

  it('says which file names no cluster', async () => {
    const file = path.join(dir, 'empty');
    writeFileSync(file, '{"apiVersion":"v1","kind":"Config"}');
    await expect(createApiClient(file)).rejects.toThrow(
      `${file} names no current cluster`,
    );
  });
});
