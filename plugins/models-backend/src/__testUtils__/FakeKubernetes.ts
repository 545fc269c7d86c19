import type { ClusterRegistry } from '@llm-platform/plugin-models-node';
import { KubeConfig } from '@kubernetes/client-node';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** An object as the tests write it. */
export interface FakeObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    generation?: number;
    creationTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    managedFields?: unknown[];
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

const PLURALS: Record<string, string> = {
  ConfigMap: 'configmaps',
  CSIDriver: 'csidrivers',
  Deployment: 'deployments',
  Event: 'events',
  LimitRange: 'limitranges',
  Namespace: 'namespaces',
  Node: 'nodes',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  Pod: 'pods',
  ResourceQuota: 'resourcequotas',
  Secret: 'secrets',
  Service: 'services',
  ServiceAccount: 'serviceaccounts',
  StorageClass: 'storageclasses',
};

interface Watcher {
  collection: string;
  selector: string | undefined;
  response: http.ServerResponse;
}

/** A write that reached the API server. */
export interface FakeWrite {
  method: string;
  path: string;
  dryRun: boolean;
}

/**
 * An API server of its own kind: list, watch, server-side apply (one field manager, ownership by the fields last
 * applied), dry run, delete, logs. It checks nothing by itself: tests say what is refused.
 */
export class FakeKubernetes {
  readonly writes: FakeWrite[] = [];
  /** Of followed logs that are open now. */
  openLogs = 0;
  /** Answers a status for a request that is to fail. */
  refuse: (
    write: FakeWrite,
  ) => { status: number; message: string } | undefined = () => undefined;
  readonly #objects = new Map<string, FakeObject>();
  readonly #applied = new Map<string, Record<string, unknown>>();
  readonly #logs = new Map<string, string>();
  readonly #watchers = new Set<Watcher>();
  readonly #sockets = new Set<Socket>();
  #server: http.Server | undefined;
  #port = 0;
  #version = 100;
  #oldest = 0;

  static async start(objects: FakeObject[] = []): Promise<FakeKubernetes> {
    const fake = new FakeKubernetes();
    objects.forEach(object => fake.put(object));
    await fake.listen();
    return fake;
  }

  private constructor() {}

  /** The registry of one cluster, this one. */
  registry(
    options: { name?: string; readOnly?: boolean } = {},
  ): ClusterRegistry {
    const name = options.name ?? 'embedded';
    const cluster = {
      name,
      embedded: false,
      readOnly: options.readOnly ?? false,
      gatewayUrl: 'http://127.0.0.1:30080',
      getKubeConfig: async () => {
        const kubeConfig = new KubeConfig();
        kubeConfig.loadFromClusterAndUser(
          {
            name,
            server: `http://127.0.0.1:${this.#port}`,
            skipTLSVerify: true,
          },
          { name, token: 'token' },
        );
        return kubeConfig;
      },
    };
    return {
      getClusters: () => [cluster],
      getCluster: () => cluster,
    };
  }

  async listen(): Promise<void> {
    const server = http.createServer((req, res) => {
      this.#handle(req, res).catch(error => {
        answer(res, 500, { message: String(error) });
      });
    });
    server.on('connection', socket => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise<void>(resolve => {
      server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** The cluster goes away, as a killed API server does. */
  async stop(): Promise<void> {
    this.#watchers.clear();
    const closed = new Promise(resolve => {
      if (this.#server) {
        this.#server.close(resolve);
      } else {
        resolve(undefined);
      }
    });
    this.#sockets.forEach(socket => socket.destroy());
    await closed;
    this.#server = undefined;
  }

  /** Writes as somebody else than the portal. */
  put(object: FakeObject): void {
    const path = pathOf(object);
    const before = this.#objects.get(path);
    this.#version += 1;
    const stored: FakeObject = {
      ...object,
      metadata: {
        uid: before?.metadata.uid ?? `uid-${this.#version}`,
        creationTimestamp:
          before?.metadata.creationTimestamp ?? '2026-11-23T08:00:00Z',
        generation: (before?.metadata.generation ?? 0) + 1,
        ...object.metadata,
        resourceVersion: String(this.#version),
      },
    };
    this.#objects.set(path, stored);
    this.#emit(before ? 'MODIFIED' : 'ADDED', stored);
  }

  remove(kind: string, namespace: string | undefined, name: string): void {
    const path = pathOf({
      apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
      kind,
      metadata: { name, namespace },
    });
    const object = this.#objects.get(path);
    if (object) {
      this.#objects.delete(path);
      this.#applied.delete(path);
      this.#version += 1;
      object.metadata.resourceVersion = String(this.#version);
      this.#emit('DELETED', object);
    }
  }

  find(
    kind: string,
    namespace: string | undefined,
    name: string,
  ): FakeObject | undefined {
    return [...this.#objects.values()].find(
      object =>
        object.kind === kind &&
        object.metadata.namespace === namespace &&
        object.metadata.name === name,
    );
  }

  setLog(namespace: string, pod: string, text: string): void {
    this.#logs.set(`${namespace}/${pod}`, text);
  }

  /** Ends all watches and forgets the history, as etcd's compaction does. */
  compact(): void {
    this.#oldest = this.#version + 1;
    this.#version += 1;
    this.#watchers.forEach(({ response }) => response.end());
    this.#watchers.clear();
  }

  async #handle(
    req: http.IncomingMessage,
    res: http.ServerResponse,
  ): Promise<void> {
    const url = new URL(req.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(url.pathname);
    const { searchParams: query } = url;
    if (path === '/version') {
      answer(res, 200, { gitVersion: 'v1.36.2' });
      return;
    }
    if (path.endsWith('/log')) {
      this.#serveLog(path, query, res);
      return;
    }
    if (req.method === 'GET') {
      this.#read(path, query, res);
      return;
    }
    const write: FakeWrite = {
      method: req.method ?? '',
      path,
      dryRun: query.get('dryRun') === 'All',
    };
    this.writes.push(write);
    const refusal = this.refuse(write);
    const chunks: Buffer[] = [];
    for await (const chunk of req) {
      chunks.push(chunk);
    }
    if (refusal) {
      answer(res, refusal.status, {
        kind: 'Status',
        message: refusal.message,
      });
      return;
    }
    if (req.method === 'PATCH') {
      if (query.get('force') !== 'false' || !query.get('fieldManager')) {
        answer(res, 400, { message: 'not a server-side apply as agreed' });
        return;
      }
      answer(
        res,
        200,
        this.#apply(
          path,
          JSON.parse(Buffer.concat(chunks).toString()),
          write.dryRun,
        ),
      );
    } else if (req.method === 'DELETE') {
      const object = this.#objects.get(path);
      if (!object) {
        answer(res, 404, { kind: 'Status', message: 'not found' });
        return;
      }
      const { kind, metadata } = object;
      this.remove(kind, metadata.namespace, metadata.name);
      answer(res, 200, { kind: 'Status', status: 'Success' });
    } else {
      answer(res, 405, { message: 'method not allowed' });
    }
  }

  #read(path: string, query: URLSearchParams, res: http.ServerResponse): void {
    const selector = query.get('labelSelector') ?? undefined;
    if (query.get('watch') === 'true') {
      const from = Number(query.get('resourceVersion'));
      res.writeHead(200, { 'content-type': 'application/json' });
      res.flushHeaders();
      if (from < this.#oldest) {
        send(res, { type: 'ERROR', object: { code: 410, message: 'Expired' } });
        res.end();
        return;
      }
      const watcher = { collection: path, selector, response: res };
      this.#watchers.add(watcher);
      res.once('close', () => this.#watchers.delete(watcher));
      return;
    }
    const object = this.#objects.get(path);
    if (object) {
      answer(res, 200, object);
      return;
    }
    const plural = path.split('/').at(-1) ?? '';
    if (!Object.values(PLURALS).includes(plural)) {
      answer(res, 404, { kind: 'Status', message: `${path} not found` });
      return;
    }
    answer(res, 200, {
      items: [...this.#objects.values()]
        .filter(
          candidate => isIn(candidate, path) && matches(candidate, selector),
        )
        .map(({ apiVersion: _a, kind: _k, ...item }) => item),
      metadata: { resourceVersion: String(this.#version) },
    });
  }

  #apply(
    path: string,
    wanted: Record<string, unknown> & FakeObject,
    dryRun: boolean,
  ): FakeObject {
    const before = this.#objects.get(path);
    const previous = this.#applied.get(path);
    const base = before
      ? without(before as Record<string, unknown>, previous ?? {})
      : {};
    const merged = merge(base, wanted) as unknown as FakeObject;
    const isSame =
      before !== undefined &&
      JSON.stringify(sorted(strip(merged))) ===
        JSON.stringify(sorted(strip(before)));
    const after: FakeObject = {
      ...merged,
      metadata: {
        ...merged.metadata,
        uid: before?.metadata.uid ?? `uid-${this.#version + 1}`,
        creationTimestamp:
          before?.metadata.creationTimestamp ?? '2026-11-23T08:00:00Z',
        generation: isSame
          ? before.metadata.generation
          : (before?.metadata.generation ?? 0) + 1,
        resourceVersion: isSame
          ? before.metadata.resourceVersion
          : String(this.#version + 1),
        managedFields: [
          {
            manager: 'llm-platform-portal',
            operation: 'Apply',
            fieldsV1: fieldsOf(wanted),
          },
        ],
      },
    };
    if (!dryRun && !isSame) {
      this.#version += 1;
      this.#objects.set(path, after);
      this.#applied.set(path, wanted);
      this.#emit(before ? 'MODIFIED' : 'ADDED', after);
    }
    return after;
  }

  #serveLog(
    path: string,
    query: URLSearchParams,
    res: http.ServerResponse,
  ): void {
    const [, , , , namespace, , pod] = path.split('/');
    const text = this.#logs.get(`${namespace}/${pod}`);
    if (text === undefined) {
      answer(res, 400, {
        message: `container "vllm" in pod "${pod}" is waiting to start: ContainerCreating`,
      });
      return;
    }
    res.writeHead(200, { 'content-type': 'text/plain' });
    res.write(text);
    if (query.get('follow') === 'true') {
      this.openLogs += 1;
      res.once('close', () => {
        this.openLogs -= 1;
      });
    } else {
      res.end();
    }
  }

  #emit(type: string, object: FakeObject): void {
    for (const { collection, selector, response } of this.#watchers) {
      if (isIn(object, collection) && matches(object, selector)) {
        send(response, { type, object });
      }
    }
  }
}

function answer(res: http.ServerResponse, status: number, body: unknown) {
  res.writeHead(status, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body));
}

function send(res: http.ServerResponse, event: unknown) {
  res.write(`${JSON.stringify(event)}\n`);
}

function rootOf(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : '/api/v1';
}

function pathOf({ apiVersion, kind, metadata }: FakeObject): string {
  const scope = metadata.namespace ? `/namespaces/${metadata.namespace}` : '';
  return `${rootOf(apiVersion)}${scope}/${PLURALS[kind]}/${metadata.name}`;
}

function isIn(object: FakeObject, collection: string): boolean {
  const { namespace } = object.metadata;
  const root = rootOf(object.apiVersion);
  const plural = PLURALS[object.kind];
  return (
    collection === `${root}/${plural}` ||
    collection === `${root}/namespaces/${namespace}/${plural}`
  );
}

function matches(object: FakeObject, selector: string | undefined): boolean {
  if (!selector) {
    return true;
  }
  const [key, value] = selector.split('=');
  const actual = object.metadata.labels?.[key];
  return value === undefined ? actual !== undefined : actual === value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(
  base: Record<string, unknown>,
  over: Record<string, unknown>,
): Record<string, unknown> {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const under = merged[key];
    merged[key] =
      isObject(value) && isObject(under) ? merge(under, value) : value;
  }
  return merged;
}

/** `base` without the leaves of `taken`: what only the last apply had set. */
function without(
  base: Record<string, unknown>,
  taken: Record<string, unknown>,
): Record<string, unknown> {
  const left: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(base)) {
    const other = taken[key];
    if (other === undefined) {
      left[key] = value;
    } else if (isObject(value) && isObject(other)) {
      left[key] = without(value, other);
    }
  }
  return left;
}

function strip(object: FakeObject): unknown {
  const {
    managedFields: _m,
    resourceVersion: _r,
    generation: _g,
    uid: _u,
    creationTimestamp: _c,
    ...metadata
  } = object.metadata;
  return { ...object, metadata };
}

function sorted(value: unknown): unknown {
  if (!isObject(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, child]) => [key, sorted(child)]),
  );
}

function fieldsOf(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key]) => !['apiVersion', 'kind', 'name', 'namespace'].includes(key),
      )
      .map(([key, child]) => [
        `f:${key}`,
        isObject(child) ? fieldsOf(child) : {},
      ]),
  );
}
