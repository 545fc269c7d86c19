import { CoreV1Api, type KubeConfig } from '@kubernetes/client-node';
import {
  APPLICATION_KEY,
  CREDENTIAL_LABEL,
  SIGNING_KEYS_CONFIG_MAP,
} from '../labels';
import { decodedData } from './decodedData';
import { watchList, type WatchedList } from './watchList';
import {
  readApplicationKeys,
  readSigningKeys,
  type CredentialSink,
  type CredentialSource,
} from '../credentials';

/**
 * Application keys from labelled Secrets and the portal's public keys from its
 * ConfigMap, by list-watch in one namespace.
 *
 * @public
 */
export class KubernetesCredentialSource implements CredentialSource {
  private readonly lists: WatchedList[] = [];

  constructor(
    private readonly kubeConfig: KubeConfig,
    private readonly namespace: string,
  ) {}

  start(sink: CredentialSink): void {
    const { kubeConfig, namespace } = this;
    const core = kubeConfig.makeApiClient(CoreV1Api);
    const onProblem = (message: string) => sink.onProblem(message);
    this.lists.push(
      watchList({
        kubeConfig,
        name: 'application keys',
        path: `/api/v1/namespaces/${namespace}/secrets`,
        labelSelector: `${CREDENTIAL_LABEL}=${APPLICATION_KEY}`,
        list: selectors =>
          core.listNamespacedSecret({ namespace, ...selectors }),
        onItems: secrets => {
          const { records, problems } = readApplicationKeys(
            secrets.map(secret => ({
              name: secret.metadata?.name ?? '',
              data: decodedData(secret.data),
            })),
          );
          problems.forEach(onProblem);
          sink.onApplicationKeys(records);
        },
        onProblem,
      }),
      watchList({
        kubeConfig,
        name: 'signing keys',
        path: `/api/v1/namespaces/${namespace}/configmaps`,
        // By name, so that nobody adds a key with a ConfigMap of their own.
        fieldSelector: `metadata.name=${SIGNING_KEYS_CONFIG_MAP}`,
        list: selectors =>
          core.listNamespacedConfigMap({ namespace, ...selectors }),
        onItems: configMaps => {
          const { records, problems } = readSigningKeys(
            configMaps[0]?.data ?? {},
          );
          problems.forEach(onProblem);
          sink.onSigningKeys(records);
        },
        onProblem,
      }),
    );
  }

  async stop(): Promise<void> {
    await Promise.all(this.lists.map(list => list.stop()));
  }
}
