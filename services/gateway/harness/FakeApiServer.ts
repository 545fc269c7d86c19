import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the gateway lists, by the path of the collection. */
export type Collections = Record<string, object[]>;

/**
 * As much of a Kubernetes API server as the gateway needs to find its routes
 * and keys: lists, and watches in which nothing happens.
 */
export class FakeApiServer {
  private readonly server: http.Server;

  private constructor(collections: Collections) {
    this.server = http.createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://api');
      response.setHeader('content-type', 'application/json');
      if (url.searchParams.has('watch')) {
        response.flushHeaders();
        return;
      }
      response.end(
        JSON.stringify({
          metadata: { resourceVersion: '1' },
          items: collections[url.pathname] ?? [],
        }),
      );
    });
  }

  static async start(collections: Collections): Promise<FakeApiServer> {
    const api = new FakeApiServer(collections);
    await new Promise<void>(resolve => {
      api.server.listen(0, '127.0.0.1', resolve);
    });
    return api;
  }

  /** A kubeconfig that leads here, as JSON, which is YAML. */
  kubeconfig(): string {
    const { port } = this.server.address() as AddressInfo;
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'fake',
          cluster: {
            server: `http://127.0.0.1:${port}`,
            // Without it the client refuses plain HTTP.
            'insecure-skip-tls-verify': true,
          },
        },
      ],
      users: [{ name: 'fake', user: { token: 'fake' } }],
      contexts: [{ name: 'fake', context: { cluster: 'fake', user: 'fake' } }],
      'current-context': 'fake',
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }
}
