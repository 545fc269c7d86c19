import { createHash, randomBytes } from 'node:crypto';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { baselineModel, expectedTeams } from './expected';

const NAMESPACE = 'platform';
/** If the run is killed before it takes the key away. */
const LIFETIME_MS = 10 * 60_000;

/** An application key that exists for the checks alone. */
export interface TemporaryKey {
  key: string;
  remove(): Promise<void>;
}

/** Makes one for the platform's model and the team services, as the gateway's key tool would. */
export async function makeTemporaryKey(
  config: KubeConfig,
): Promise<TemporaryKey> {
  const core = config.makeApiClient(CoreV1Api);
  const key = `sk-llmp-${randomBytes(32).toString('base64url')}`;
  const name = `golden-checks-${randomBytes(4).toString('hex')}`;
  await core.createNamespacedSecret({
    namespace: NAMESPACE,
    body: {
      metadata: {
        name,
        labels: { 'llm-platform.dev/credential': 'application-key' },
      },
      stringData: {
        id: name,
        team: 'platform',
        models: JSON.stringify([
          baselineModel,
          ...expectedTeams.map(team => `api/${team}`),
        ]),
        hash: createHash('sha256').update(key).digest('hex'),
        expires: new Date(Date.now() + LIFETIME_MS).toISOString(),
      },
    },
  });
  return {
    key,
    remove: async () => {
      await core.deleteNamespacedSecret({ namespace: NAMESPACE, name });
    },
  };
}
