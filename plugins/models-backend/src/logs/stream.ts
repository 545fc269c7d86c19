import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  labels,
  type KubePod,
  type ModelDeploymentRef,
} from '@llm-platform/plugin-models-common';
import { KubernetesApiError } from '@llm-platform/plugin-models-node';
import type { Readable } from 'node:stream';
import { readOne } from '../deployments';
import type { ClusterCache } from '../watch';

const MAX_BYTES = 8 * 1024 * 1024;

export interface StreamLogsOptions {
  pod: string;
  container?: string;
  previous: boolean;
  tailLines: number;
  follow: boolean;
  signal: AbortSignal;
}

/** Opens the log of a pod of a model deployment. */
export async function openLog(
  cluster: ClusterCache,
  ref: ModelDeploymentRef,
  options: StreamLogsOptions,
): Promise<Readable> {
  const container = findContainer(cluster, ref, options);
  try {
    return await cluster.client.stream({
      path: `/api/v1/namespaces/${ref.namespace}/pods/${encodeURIComponent(
        options.pod,
      )}/log`,
      query: {
        container,
        previous: options.previous,
        follow: options.follow,
        tailLines: options.tailLines,
        ...(!options.follow && { limitBytes: MAX_BYTES }),
      },
      signal: options.signal,
    });
  } catch (error) {
    // "container … is waiting to start": true now, not a mistake of the one who asks.
    if (KubernetesApiError.isInstance(error) && error.statusCode === 400) {
      throw new ConflictError(error.message);
    }
    throw error;
  }
}

/** Only pods of the deployment that was authorised: a name alone could be another team's pod. */
function findContainer(
  cluster: ClusterCache,
  ref: ModelDeploymentRef,
  options: StreamLogsOptions,
): string | undefined {
  const facts = readOne(
    cluster,
    { ...ref, label: labels.model },
    { team: undefined },
  );
  const pod: KubePod | undefined = facts?.pods.find(
    candidate => candidate.metadata?.name === options.pod,
  );
  if (!pod) {
    throw new NotFoundError(
      `Model deployment '${ref.name}' has no pod '${options.pod}'`,
    );
  }
  const names = [
    ...(pod.spec?.containers ?? []),
    ...(pod.spec?.initContainers ?? []),
  ].map(container => container.name);
  if (options.container !== undefined && !names.includes(options.container)) {
    throw new InputError(
      `Pod '${options.pod}' has no container '${
        options.container
      }': it has ${names.join(', ')}`,
    );
  }
  return options.container ?? names[0];
}
