import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadKubeConfig } from './loadKubeConfig';

describe('loadKubeConfig', () => {
  let dir: string;

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'kubeconfig-'));
  });

  afterEach(() => rmSync(dir, { recursive: true }));

  async function authorizationWith(user: object) {
    const file = path.join(dir, 'kubeconfig');
    writeFileSync(
      file,
      JSON.stringify({
        clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
        users: [{ name: 'pod', user }],
        contexts: [{ name: 'x', context: { cluster: 'c', user: 'pod' } }],
        'current-context': 'x',
      }),
    );
    const { headers } = await loadKubeConfig(file).applyToFetchOptions({});
    return new Headers(headers as Record<string, string>).get('authorization');
  }

  it('sends the token of a tokenFile, given relative to the kubeconfig', async () => {
    writeFileSync(path.join(dir, 'token'), 'secret-token');
    expect(await authorizationWith({ tokenFile: 'token' })).toBe(
      'Bearer secret-token',
    );
  });

  it('sends a token that stands in the file', async () => {
    expect(await authorizationWith({ token: 'other-token' })).toBe(
      'Bearer other-token',
    );
  });

  it('says which file it could not read', () => {
    expect(() => loadKubeConfig(path.join(dir, 'nosuch'))).toThrow(/nosuch/);
  });
});
