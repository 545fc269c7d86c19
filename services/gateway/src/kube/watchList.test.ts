import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { watchList, type WatchedList } from './watchList';

type Item = { metadata: { name: string; resourceVersion: string } };

/** As much of an API server as a list-watch sees, played by the test. */
class FakeApiServer {
  items: string[] = [];
  version = 1;
  lists = 0;
  failNext = 0;
  queries: URLSearchParams[] = [];
  private watches = new Set<http.ServerResponse>();
  private readonly server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    this.queries.push(url.searchParams);
    if (this.failNext > 0) {
      this.failNext -= 1;
      response.writeHead(500).end('{}');
      return;
    }
    response.setHeader('content-type', 'application/json');
    if (url.searchParams.get('watch')) {
      this.watches.add(response);
      response.once('close', () => this.watches.delete(response));
      response.flushHeaders();
      this.onWatch?.();
      return;
    }
    this.lists += 1;
    response.end(
      JSON.stringify({
        kind: 'ConfigMapList',
        apiVersion: 'v1',
        metadata: { resourceVersion: `${this.version}` },
        items: this.items.map(name => this.item(name)),
      }),
    );
  });
  private onWatch: (() => void) | undefined;

  async start(): Promise<void> {
    await new Promise<void>(resolve => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
  }

  watching(): Promise<void> {
    return this.watches.size > 0
      ? Promise.resolve()
      : new Promise(resolve => {
          this.onWatch = resolve;
        });
  }

  event(type: string, name: string): void {
    this.version += 1;
    this.send({ type, object: this.item(name) });
  }

  send(event: unknown): void {
    for (const watch of this.watches) {
      watch.write(`${JSON.stringify(event)}\n`);
    }
  }

  endWatches(how: 'end' | 'destroy'): void {
    for (const watch of this.watches) {
      watch[how]();
    }
    this.watches.clear();
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

  async stop(): Promise<void> {
    this.endWatches('destroy');
    this.server.closeAllConnections();
    await new Promise(resolve => {
      this.server.close(resolve);
    });
  }

  private item(name: string): Item {
    return { metadata: { name, resourceVersion: `${this.version}` } };
  }
}

describe('watchList', () => {
  let api: FakeApiServer;
  let watched: WatchedList;
  let problems: string[];
  let seen: string[][];
  let onSeen: (() => void) | undefined;

  /** Waits until the items are these. */
  function until(...names: string[]): Promise<void> {
    return new Promise(resolve => {
      onSeen = () => {
        if (JSON.stringify(seen.at(-1)) === JSON.stringify(names)) {
          resolve();
        }
      };
      onSeen();
    });
  }

  beforeEach(async () => {
    api = new FakeApiServer();
    await api.start();
    api.items = ['a', 'b'];
    problems = [];
    seen = [];
    const kubeConfig = api.kubeConfig();
    const core = kubeConfig.makeApiClient(CoreV1Api);
    watched = watchList({
      kubeConfig,
      name: 'things',
      path: '/api/v1/namespaces/platform/configmaps',
      labelSelector: 'x=y',
      list: selectors =>
        core.listNamespacedConfigMap({ namespace: 'platform', ...selectors }),
      onItems: items => {
        seen.push(items.map(item => item.metadata?.name ?? '').sort());
        onSeen?.();
      },
      onProblem: message => problems.push(message),
    });
  });

  afterEach(async () => {
    await watched.stop();
    await api.stop();
  });

  it('lists, then follows what is added, changed and deleted', async () => {
    await until('a', 'b');
    await api.watching();
    api.event('ADDED', 'c');
    await until('a', 'b', 'c');
    api.event('DELETED', 'a');
    await until('b', 'c');
    expect(api.lists).toBe(1);
    expect(problems).toEqual([]);
    expect(api.queries.every(q => q.get('labelSelector') === 'x=y')).toBe(true);
  });

  it('resumes a watch that the server ended, from where it was', async () => {
    await until('a', 'b');
    await api.watching();
    api.event('ADDED', 'c');
    await until('a', 'b', 'c');
    api.endWatches('end');
    await api.watching();
    expect(api.queries.at(-1)?.get('resourceVersion')).toBe('2');
    api.event('DELETED', 'a');
    await until('b', 'c');
    expect(api.lists).toBe(1);
  });

  it('lists again when the version is gone', async () => {
    await until('a', 'b');
    await api.watching();
    api.items = ['z'];
    api.send({ type: 'ERROR', object: { kind: 'Status', code: 410 } });
    await until('z');
    expect(problems).toEqual([]);
  });

  it('keeps what it has while the server is away, says so, and recovers', async () => {
    await until('a', 'b');
    await api.watching();
    api.items = ['z'];
    api.failNext = 2;
    api.endWatches('destroy');
    await until('z');
    expect(seen).toEqual([['a', 'b'], ['z']]);
    expect(problems).toEqual([expect.stringContaining('watching things')]);
    await api.watching();
    api.event('ADDED', 'y');
    await until('y', 'z');
  });

  it('stops for good', async () => {
    await until('a', 'b');
    await api.watching();
    await watched.stop();
    const requests = api.queries.length;
    api.endWatches('end');
    await new Promise(resolve => setImmediate(resolve));
    expect(api.queries).toHaveLength(requests);
  });
});
