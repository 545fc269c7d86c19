import {
  MANAGED_BY,
  type KubernetesObject,
} from '@llm-platform/plugin-models-common';
import {
  KubernetesApiError,
  type KubernetesClient,
} from '@llm-platform/plugin-models-node';
import { ResourcePaths, type ObjectRef } from './paths';

/** One server's-side field owner, of one kind of operation. */
export interface ManagedFields {
  manager?: string;
  operation?: string;
  subresource?: string;
  fieldsV1?: Record<string, unknown>;
}

/** An object as the API server holds it. */
export type LiveObject = KubernetesObject & {
  metadata: {
    uid?: string;
    resourceVersion?: string;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    managedFields?: ManagedFields[];
  };
};

/** Of a Secret only this is asked for: its values are nothing the portal has to know. */
const ONLY_METADATA =
  'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const ONLY_METADATA_LIST =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** Reads, applies and deletes single objects on one cluster. */
export class ObjectApi {
  readonly #client: KubernetesClient;
  readonly #paths: ResourcePaths;

  static create(options: { client: KubernetesClient }): ObjectApi {
    return new ObjectApi(options.client);
  }

  private constructor(client: KubernetesClient) {
    this.#client = client;
    this.#paths = ResourcePaths.create({ client });
  }

  /** `undefined` when there is none. Of a Secret its metadata alone. */
  async get(ref: ObjectRef): Promise<LiveObject | undefined> {
    const path = await this.#paths.object(ref);
    const { apiVersion, kind } = ref;
    try {
      const object = await this.#client.request<LiveObject>({
        path,
        ...(kind === 'Secret' && { accept: ONLY_METADATA }),
      });
      return { ...object, apiVersion, kind };
    } catch (error) {
      if (isNotFound(error)) {
        return undefined;
      }
      throw error;
    }
  }

  /** Those of a kind that carry a label. Of Secrets their metadata alone. */
  async list(
    kind: { apiVersion: string; kind: string; namespace: string },
    labelSelector: string,
  ): Promise<LiveObject[]> {
    const path = await this.#paths.collection(kind);
    const { items } = await this.#client.request<{ items: LiveObject[] }>({
      path,
      query: { labelSelector },
      ...(kind.kind === 'Secret' && { accept: ONLY_METADATA_LIST }),
    });
    // Lists leave the type of their items out.
    return items.map(item => ({
      ...item,
      apiVersion: kind.apiVersion,
      kind: kind.kind,
    }));
  }

  /**
   * Server-side apply under the portal's field manager. Fields that somebody else manages are a conflict, never
   * overwritten.
   */
  async apply(
    object: KubernetesObject,
    options: { dryRun: boolean },
  ): Promise<LiveObject> {
    return this.#client.request<LiveObject>({
      method: 'PATCH',
      path: await this.#paths.object(refOf(object)),
      query: {
        fieldManager: MANAGED_BY,
        force: false,
        ...(options.dryRun && { dryRun: 'All' }),
      },
      body: object,
      // JSON is YAML.
      contentType: 'application/apply-patch+yaml',
    });
  }

  /** Asks for deletion; no error when it is gone already, or when it is another object than the one with this uid. */
  async delete(
    ref: ObjectRef,
    options: { uid?: string; foreground?: boolean },
  ): Promise<void> {
    try {
      await this.#client.request({
        method: 'DELETE',
        path: await this.#paths.object(ref),
        body: {
          apiVersion: 'v1',
          kind: 'DeleteOptions',
          propagationPolicy: options.foreground ? 'Foreground' : 'Background',
          ...(options.uid && { preconditions: { uid: options.uid } }),
        },
      });
    } catch (error) {
      if (!isNotFound(error)) {
        throw error;
      }
    }
  }
}

/** @returns which object this is */
export function refOf(object: KubernetesObject | LiveObject): ObjectRef {
  const { apiVersion, kind, metadata } = object;
  return {
    apiVersion,
    kind,
    namespace: metadata.namespace,
    name: metadata.name,
  };
}

function isNotFound(error: unknown): boolean {
  return KubernetesApiError.isInstance(error) && error.statusCode === 404;
}
