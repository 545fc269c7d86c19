import { InputError } from '@backstage/errors';
import type { KubernetesClient } from '@llm-platform/plugin-models-node';

/** Names one object of a cluster. */
export interface ObjectRef {
  apiVersion: string;
  kind: string;
  namespace?: string;
  name: string;
}

/** What the portal itself makes; anything else is looked up with the API server. */
const PLURALS: Record<string, string> = {
  'v1/ConfigMap': 'configmaps',
  'v1/PersistentVolumeClaim': 'persistentvolumeclaims',
  'v1/Secret': 'secrets',
  'v1/Service': 'services',
  'v1/ServiceAccount': 'serviceaccounts',
  'apps/v1/Deployment': 'deployments',
};

/** Where the API server has the objects of a kind. */
export class ResourcePaths {
  readonly #client: KubernetesClient;
  readonly #plurals = new Map(Object.entries(PLURALS));

  static create(options: { client: KubernetesClient }): ResourcePaths {
    return new ResourcePaths(options.client);
  }

  private constructor(client: KubernetesClient) {
    this.#client = client;
  }

  async collection(
    ref: Omit<ObjectRef, 'name' | 'namespace'> & { namespace: string },
  ): Promise<string> {
    const plural = await this.#plural(ref);
    return `${root(ref.apiVersion)}/namespaces/${encodeURIComponent(
      ref.namespace,
    )}/${plural}`;
  }

  async object(ref: ObjectRef): Promise<string> {
    if (!ref.namespace) {
      throw new InputError(
        `${ref.kind} '${ref.name}' has no namespace: the portal applies only what is in one`,
      );
    }
    const collection = await this.collection({
      ...ref,
      namespace: ref.namespace,
    });
    return `${collection}/${encodeURIComponent(ref.name)}`;
  }

  async #plural(ref: { apiVersion: string; kind: string }): Promise<string> {
    const key = `${ref.apiVersion}/${ref.kind}`;
    const known = this.#plurals.get(key);
    if (known) {
      return known;
    }
    const { resources } = await this.#client.request<{
      resources: Array<{ name: string; kind: string; namespaced: boolean }>;
    }>({ path: root(ref.apiVersion) });
    const found = resources.find(
      resource =>
        resource.kind === ref.kind &&
        resource.namespaced &&
        !resource.name.includes('/'),
    );
    if (!found) {
      throw new InputError(`The cluster has no namespaced kind '${key}'`);
    }
    this.#plurals.set(key, found.name);
    return found.name;
  }
}

function root(apiVersion: string): string {
  return apiVersion.includes('/')
    ? `/apis/${apiVersion}`
    : `/api/${apiVersion}`;
}

/** For people: `Deployment quant/mistral`. */
export function describeRef(ref: ObjectRef): string {
  return `${ref.kind} ${ref.namespace ? `${ref.namespace}/` : ''}${ref.name}`;
}
