import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';

/** An object as far as the gateway looks at it. */
export interface FakeObject {
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    resourceVersion?: string;
  };
  data?: Record<string, string>;
  stringData?: Record<string, string>;
}

interface Watcher {
  namespace: string;
  resource: string;
  selects(object: FakeObject): boolean;
  response: http.ServerResponse;
}

/** `a=b` of labels, `metadata.name=x` of fields: the selectors in use. */
function selectorOf(query: URLSearchParams): (object: FakeObject) => boolean {
  const [label, value] = (query.get('labelSelector') ?? '').split('=');
  const name = query.get('fieldSelector')?.split('=')[1];
  return object =>
    (label === '' || object.metadata.labels?.[label] === value) &&
    (name === undefined || object.metadata.name === name);
}

/** As much of an API server as lists, watches and writes Secrets and ConfigMaps. */
export class FakeCluster {
  private readonly stored = new Map<string, FakeObject>();
  private readonly watchers = new Set<Watcher>();
  private version = 1;
  private onWatch: (() => void) | undefined;
  private readonly server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', chunk => chunks.push(chunk));
    request.on('end', () =>
      this.answer(request, Buffer.concat(chunks).toString(), response),
    );
  });

  static async start(): Promise<FakeCluster> {
    const cluster = new FakeCluster();
    await new Promise<void>(resolve => {
      cluster.server.listen(0, '127.0.0.1', resolve);
    });
    return cluster;
  }

  kubeConfig(): KubeConfig {
    const { port } = this.server.address() as AddressInfo;
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromOptions({
      clusters: [
        { name: 'c', server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
      ],
      users: [{ name: 'u' }],
      contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
      currentContext: 'x',
    });
    return kubeConfig;
  }

  objects(namespace: string, resource: string): FakeObject[] {
    return [...this.stored]
      .filter(([path]) => path.startsWith(`${namespace}/${resource}/`))
      .map(([, object]) => object);
  }

  put(namespace: string, resource: string, object: FakeObject): FakeObject {
    const { stringData, ...rest } = object;
    this.version += 1;
    const stored: FakeObject = {
      ...rest,
      metadata: {
        ...object.metadata,
        namespace,
        resourceVersion: `${this.version}`,
      },
      data: {
        ...object.data,
        ...Object.fromEntries(
          Object.entries(stringData ?? {}).map(([name, text]) => [
            name,
            Buffer.from(text).toString('base64'),
          ]),
        ),
      },
    };
    const path = `${namespace}/${resource}/${object.metadata.name}`;
    const type = this.stored.has(path) ? 'MODIFIED' : 'ADDED';
    this.stored.set(path, stored);
    this.tell(namespace, resource, type, stored);
    return stored;
  }

  delete(namespace: string, resource: string, name: string): void {
    const path = `${namespace}/${resource}/${name}`;
    const object = this.stored.get(path);
    if (object) {
      this.stored.delete(path);
      this.version += 1;
      this.tell(namespace, resource, 'DELETED', object);
    }
  }

  /** Waits until somebody watches these. */
  watching(namespace: string, resource: string): Promise<void> {
    return new Promise(resolve => {
      this.onWatch = () => {
        if (
          [...this.watchers].some(
            w => w.namespace === namespace && w.resource === resource,
          )
        ) {
          resolve();
        }
      };
      this.onWatch();
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  private tell(
    namespace: string,
    resource: string,
    type: string,
    object: FakeObject,
  ) {
    for (const watcher of this.watchers) {
      if (
        watcher.namespace === namespace &&
        watcher.resource === resource &&
        watcher.selects(object)
      ) {
        watcher.response.write(`${JSON.stringify({ type, object })}\n`);
      }
    }
  }

  private answer(
    request: http.IncomingMessage,
    body: string,
    response: http.ServerResponse,
  ) {
    const url = new URL(request.url ?? '', 'http://localhost');
    const [namespace, resource] =
      /^\/api\/v1\/namespaces\/([^/]+)\/([^/]+)/.exec(url.pathname)?.slice(1) ??
      [];
    response.setHeader('content-type', 'application/json');
    if (request.method !== 'GET') {
      response.end(
        JSON.stringify(this.put(namespace, resource, JSON.parse(body))),
      );
      return;
    }
    const selects = selectorOf(url.searchParams);
    if (url.searchParams.get('watch')) {
      const watcher = { namespace, resource, selects, response };
      this.watchers.add(watcher);
      response.once('close', () => this.watchers.delete(watcher));
      response.flushHeaders();
      this.onWatch?.();
      return;
    }
    response.end(
      JSON.stringify({
        apiVersion: 'v1',
        metadata: { resourceVersion: `${this.version}` },
        items: this.objects(namespace, resource).filter(selects),
      }),
    );
  }
}
