import { randomBytes } from 'node:crypto';
import { Kubectl, kubectlOrThrow } from '../kubectl';

const NAMESPACE = 'observability';
const NAME = 'grafana-secrets';

/**
 * Makes the password of Grafana's administrator where there is none yet: a
 * random one, as no git has it. Whoever wants it reads the Secret.
 *
 * @public
 */
export async function ensureGrafanaSecret(kubectl: Kubectl): Promise<void> {
  const found = await kubectlOrThrow(kubectl, [
    'get',
    'secret',
    NAME,
    `--namespace=${NAMESPACE}`,
    '--ignore-not-found',
    '--output=name',
  ]);
  if (found.trim() !== '') {
    return;
  }
  await kubectlOrThrow(
    kubectl,
    ['create', '--filename=-'],
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: NAME, namespace: NAMESPACE },
      stringData: { 'admin-password': randomBytes(24).toString('base64url') },
    }),
  );
}
