import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';

/** @public */
export interface DispatcherOptions {
  connectTimeoutMs: number;
  /** Where models are reached through a proxy, as pods of the embedded cluster reach them. */
  proxy?: { url: string; noProxy?: string | undefined } | undefined;
}

/** An answer larger than this is none. */
const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;

/** The connections to the models. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { proxy, connectTimeoutMs } = options;
  const common = {
    connect: { timeout: connectTimeoutMs },
    maxResponseSize: LARGEST_ANSWER_BYTES,
    pipelining: 1,
  };
  return proxy
    ? new EnvHttpProxyAgent({
        ...common,
        httpProxy: proxy.url,
        httpsProxy: proxy.url,
        noProxy: proxy.noProxy ?? '',
        // Without it plain http goes as absolute-form requests on one connection.
        proxyTunnel: true,
        connectTimeout: connectTimeoutMs,
      })
    : new Agent(common);
}
