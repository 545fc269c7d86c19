import { ConflictError } from '@backstage/errors';
import {
  labels,
  MANAGED_BY,
  PART_OF,
  PLATFORM_NAMESPACE,
} from '@llm-platform/plugin-models-common';
import {
  KubernetesApiError,
  type KubernetesClient,
} from '@llm-platform/plugin-models-node';
import type { SigningKeyStore, StoredKeys } from '../keys';

const NAME = 'portal-signing-keys';
const PATH = `/api/v1/namespaces/${PLATFORM_NAMESPACE}/configmaps/${NAME}`;
/** Short: a chat may be waiting for it. */
const TIMEOUT_MS = 5_000;

interface ConfigMap {
  metadata?: { resourceVersion?: string };
  data?: Record<string, string>;
}

/** The ConfigMap `platform/portal-signing-keys`, which the gateway watches. */
export class ConfigMapKeyStore implements SigningKeyStore {
  readonly cluster: string;
  readonly #client: KubernetesClient;

  static create(options: {
    cluster: string;
    client: KubernetesClient;
  }): ConfigMapKeyStore {
    return new ConfigMapKeyStore(options.cluster, options.client);
  }

  private constructor(cluster: string, client: KubernetesClient) {
    this.cluster = cluster;
    this.#client = client;
  }

  async read(): Promise<StoredKeys | undefined> {
    try {
      const found = await this.#client.request<ConfigMap>({
        path: PATH,
        timeoutMs: TIMEOUT_MS,
      });
      return {
        data: found.data ?? {},
        resourceVersion: found.metadata?.resourceVersion,
      };
    } catch (caught) {
      if (KubernetesApiError.isInstance(caught) && caught.statusCode === 404) {
        return undefined;
      }
      throw caught;
    }
  }

  async write(keys: StoredKeys): Promise<void> {
    try {
      await this.#client.request({
        method: 'PATCH',
        path: PATH,
        query: { fieldManager: MANAGED_BY, force: true },
        contentType: 'application/apply-patch+yaml',
        timeoutMs: TIMEOUT_MS,
        body: {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: NAME,
            namespace: PLATFORM_NAMESPACE,
            // With a version, server-side apply refuses when someone else wrote in between
            resourceVersion: keys.resourceVersion,
            labels: {
              [labels.credential]: 'portal-jwks',
              [labels.partOf]: PART_OF,
              [labels.managedBy]: MANAGED_BY,
            },
          },
          data: keys.data,
        },
      });
    } catch (caught) {
      if (KubernetesApiError.isInstance(caught) && caught.statusCode === 409) {
        throw new ConflictError(caught.message);
      }
      throw caught;
    }
  }
}
