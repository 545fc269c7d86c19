import { createLogger } from '@llm-platform/service-kit';
import { createGateway, type Gateway } from './gateway';
import { createApplicationKey } from './keys';
import { KubernetesCredentialSource } from './kube';
import { FakeCluster, type FakeObject } from './testing/FakeCluster';
import { PushedRoutes } from './testing/TestGateway';

/** The promise of the platform; a test that needs as long has failed. */
const PROMISED_MS = 5000;

describe('a credential that is withdrawn while it is in use', () => {
  let cluster: FakeCluster;
  let gateway: Gateway;
  let url: string;
  let now: number;
  let secret: FakeObject;
  let key: string;

  const ask = async () => {
    const response = await fetch(`${url}/v1/models`, {
      headers: { authorization: `Bearer ${key}` },
    });
    return (await response.json()).error?.code ?? response.status;
  };

  /** Asks on and on, as an application does, until the answer is another one. */
  async function nextAnswer(before: unknown): Promise<unknown> {
    const deadline = performance.now() + PROMISED_MS;
    while (performance.now() < deadline) {
      const answers = await Promise.all([ask(), ask(), ask(), ask()]);
      const changed = answers.find(answer => answer !== before);
      if (changed !== undefined) {
        return changed;
      }
    }
    throw new Error(`Still ${before} after ${PROMISED_MS} ms`);
  }

  beforeEach(async () => {
    now = Date.now();
    cluster = await FakeCluster.start();
    const made = createApplicationKey({
      team: 'quant',
      models: ['*'],
      expires: new Date(now + 3_600_000),
      namespace: 'platform',
    });
    key = made.key;
    secret = cluster.put('platform', 'secrets', made.secret);
    const routes = new PushedRoutes();
    gateway = createGateway({
      routes,
      credentials: new KubernetesCredentialSource(
        cluster.kubeConfig(),
        'platform',
      ),
      logger: createLogger({ service: 'gateway', level: 'silent' }),
      now: () => now,
    });
    url = await gateway.app.listen({ host: '127.0.0.1', port: 0 });
    routes.sink?.onRoutes([]);
    await nextAnswer('not_ready');
    await cluster.watching('platform', 'secrets');
  });

  afterEach(async () => {
    await gateway.app.close();
    await cluster.stop();
  });

  it.each<[string, () => void, string]>([
    [
      'deleted',
      () => cluster.delete('platform', 'secrets', secret.metadata.name),
      'invalid_api_key',
    ],
    [
      'revoked',
      () =>
        void cluster.put('platform', 'secrets', {
          ...secret,
          stringData: { revoked: new Date(now).toISOString() },
        }),
      'invalid_api_key',
    ],
    [
      'given an end that is over',
      () =>
        void cluster.put('platform', 'secrets', {
          ...secret,
          stringData: { expires: new Date(now - 1000).toISOString() },
        }),
      'expired_api_key',
    ],
    ['at its end', () => (now += 3_600_000), 'expired_api_key'],
  ])('is refused when it is %s', async (_name, withdraw, code) => {
    withdraw();
    expect(await nextAnswer(200)).toBe(code);
    expect(await ask()).toBe(code);
  });
});
