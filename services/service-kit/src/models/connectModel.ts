import { EnvironmentError } from '../environment';
import { createDispatcher } from './dispatcher';
import type { ModelClient } from './ModelClient';
import type { ModelEnvironment } from './modelEnvironment';
import type { SageMakerClientOptions } from './SageMakerClient';
import { VllmClient } from './VllmClient';

/** Another model than the environment's: on another vLLM, by another name, or both. @public */
export interface OtherModel {
  /** Of a vLLM server. */
  baseUrl?: string;
  model?: string;
}

/** @public */
export interface ModelConnections {
  /** A client for the model that the environment names, or for one beside it. */
  connect(other?: OtherModel): ModelClient;
  /** Ends every connection; to be called when nothing is asked any more. */
  close(): Promise<void>;
}

/**
 * The way to the models, as the environment chose it. There is always a
 * client: an environment that names no backend is refused before (incident 27).
 *
 * @public
 */
export function openModelConnections(env: ModelEnvironment): ModelConnections {
  const dispatcher = createDispatcher({
    connectTimeoutMs: env.CONNECT_TIMEOUT_SECONDS * 1000,
    ...(env.HTTP_PROXY && {
      proxy: { url: env.HTTP_PROXY, noProxy: env.NO_PROXY },
    }),
  });
  const timeoutMs = env.MODEL_TIMEOUT_SECONDS * 1000;
  const clients: ModelClient[] = [];
  return {
    connect(other = {}) {
      const client =
        other.baseUrl === undefined && env.SAGEMAKER_ENDPOINT_NAME
          ? sageMakerClient({
              endpointName: env.SAGEMAKER_ENDPOINT_NAME,
              region: env.AWS_REGION ?? '',
              timeoutMs,
              dispatcher,
              serviceUrl: env.SAGEMAKER_RUNTIME_URL,
            })
          : new VllmClient({
              baseUrl: other.baseUrl ?? baseUrlOf(env),
              model:
                other.model ??
                (other.baseUrl === undefined ? env.MODEL : undefined),
              api: env.MODEL_API,
              apiKey: env.VLLM_API_KEY,
              timeoutMs,
              dispatcher,
            });
      clients.push(client);
      return client;
    },
    async close() {
      await Promise.all(clients.map(client => client.close()));
      await dispatcher.destroy();
    },
  };
}

/** Loaded only where it is chosen: the SDK is most of a service's memory. */
function sageMakerClient(options: SageMakerClientOptions): ModelClient {
  // Not import(), which Jest can't run.
  const { SageMakerClient } =
    require('./SageMakerClient') as typeof import('./SageMakerClient');
  return new SageMakerClient(options);
}

function baseUrlOf(env: ModelEnvironment): string {
  if (env.VLLM_BASE_URL === undefined) {
    throw new EnvironmentError(['VLLM_BASE_URL: is missing']);
  }
  return env.VLLM_BASE_URL;
}
