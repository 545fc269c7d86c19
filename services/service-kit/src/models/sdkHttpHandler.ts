import { request, type Dispatcher } from 'undici';
import { transportError } from './transportError';

/** A request as the AWS SDK signs it. */
interface SdkRequest {
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  method: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: Uint8Array | string;
}

function urlOf(sdk: SdkRequest): URL {
  const url = new URL(
    `${sdk.protocol}//${sdk.hostname}${sdk.port ? `:${sdk.port}` : ''}${
      sdk.path
    }`,
  );
  for (const [name, value] of Object.entries(sdk.query ?? {})) {
    for (const one of [value ?? ''].flat()) {
      url.searchParams.append(name, one);
    }
  }
  return url;
}

/**
 * Lets the AWS SDK send through undici, so that it keeps to the same proxy and
 * connect timeout as everything else; its own handler knows no proxy. What
 * fails on the way is a ServiceError already: the SDK would wrap it.
 */
export function sdkHttpHandler(dispatcher: Dispatcher, timeoutMs: number) {
  return {
    async handle(sdk: SdkRequest, options?: { abortSignal?: AbortSignal }) {
      const { host: _host, ...headers } = sdk.headers;
      const response = await request(urlOf(sdk), {
        dispatcher,
        method: sdk.method as Dispatcher.HttpMethod,
        headers,
        body: sdk.body ?? null,
        headersTimeout: 0,
        bodyTimeout: 0,
        ...(options?.abortSignal && { signal: options.abortSignal }),
      }).catch((error: unknown) => {
        throw transportError(error, timeoutMs);
      });
      return {
        response: {
          statusCode: response.statusCode,
          headers: response.headers as Record<string, string>,
          body: response.body,
        },
      };
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
    destroy() {},
  };
}
