import { EnvHttpProxyAgent, Pool, type Dispatcher } from 'undici';

/** @public */
export interface UpstreamsOptions {
  connectTimeoutMs: number;
  /** Where upstreams are reached through a proxy, as pods of the embedded cluster are. */
  proxy?: { url: string; noProxy?: string };
}

/**
 * The connections to the models: one pool per endpoint, or a tunnelling proxy
 * agent that keeps them.
 *
 * @public
 */
export class Upstreams {
  private readonly pools = new Map<string, Pool>();
  private readonly proxy: EnvHttpProxyAgent | undefined;

  constructor(private readonly options: UpstreamsOptions) {
    const { proxy, connectTimeoutMs } = options;
    this.proxy =
      proxy &&
      new EnvHttpProxyAgent({
        httpProxy: proxy.url,
        httpsProxy: proxy.url,
        noProxy: proxy.noProxy ?? '',
        // Without it plain http goes as absolute-form requests on one connection.
        proxyTunnel: true,
        connectTimeout: connectTimeoutMs,
        connect: { timeout: connectTimeoutMs },
      });
  }

  for(origin: string): Dispatcher {
    if (this.proxy) {
      return this.proxy;
    }
    let pool = this.pools.get(origin);
    if (!pool) {
      pool = new Pool(origin, {
        connect: { timeout: this.options.connectTimeoutMs },
        pipelining: 1,
      });
      this.pools.set(origin, pool);
    }
    return pool;
  }

  /** Lets go of endpoints that are gone; what is in flight there may finish. */
  keepOnly(origins: Set<string>): void {
    for (const [origin, pool] of this.pools) {
      if (!origins.has(origin)) {
        this.pools.delete(origin);
        pool.close().catch(() => pool.destroy());
      }
    }
  }

  async close(): Promise<void> {
    const all: Dispatcher[] = [...this.pools.values()];
    if (this.proxy) {
      all.push(this.proxy);
    }
    this.pools.clear();
    await Promise.all(all.map(dispatcher => dispatcher.destroy()));
  }
}
