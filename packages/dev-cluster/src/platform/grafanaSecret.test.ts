import { ensureGrafanaSecret } from './grafanaSecret';
import { CommandResult } from '../kubectl';

const answer = (more: Partial<CommandResult> = {}): CommandResult => ({
  stdout: '',
  stderr: '',
  code: 0,
  ...more,
});

/** A kubectl that keeps what is created. */
function kubectlWith(existing: string) {
  const created: Array<{
    metadata: { name: string; namespace: string };
    stringData: Record<string, string>;
  }> = [];
  return {
    created,
    kubectl: async (args: string[], stdin?: string) => {
      if (args[0] === 'create') {
        created.push(JSON.parse(stdin!));
      }
      return answer({ stdout: args[0] === 'get' ? existing : '' });
    },
  };
}

describe('ensureGrafanaSecret', () => {
  it('makes a password of its own for each cluster', async () => {
    const clusters = [kubectlWith(''), kubectlWith('')];
    for (const { kubectl } of clusters) {
      await ensureGrafanaSecret(kubectl);
    }
    const [first, second] = clusters.map(({ created: [secret] }) => {
      expect(secret.metadata).toMatchObject({
        name: 'grafana-secrets',
        namespace: 'observability',
      });
      return secret.stringData['admin-password'];
    });
    expect(first).toMatch(/^[\w-]{32,}$/);
    expect(second).not.toBe(first);
  });

  it('leaves the one that is there', async () => {
    const { kubectl, created } = kubectlWith('secret/grafana-secrets\n');
    await ensureGrafanaSecret(kubectl);
    expect(created).toEqual([]);
  });

  it('says what kubectl said where it may not look', async () => {
    await expect(
      ensureGrafanaSecret(async () =>
        answer({ code: 1, stderr: 'secrets is forbidden' }),
      ),
    ).rejects.toThrow('secrets is forbidden');
  });
});
