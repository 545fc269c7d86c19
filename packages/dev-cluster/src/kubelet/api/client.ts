import https from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';

/** The apiserver's answer to a request it refused. @public */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** Whether the apiserver said that the object isn't there. @public */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** Whether the object is there already, or changed in between. @public */
export function isConflict(error: unknown): boolean {
  return error instanceof ApiError && error.status === 409;
}

/** @public */
export type PatchType = 'merge' | 'strategic-merge';

/**
 * The few verbs that the agent needs, on plain JSON. The generated clients
 * would turn times into `Date`s in lists but not in watches; here both are
 * what the apiserver sent.
 *
 * @public
 */
export interface ApiClient {
  readonly kubeConfig: KubeConfig;
  /** URL of the apiserver. */
  readonly server: string;
  /** PEM of the authority that signed the apiserver's certificate. */
  readonly ca: string;
  get<T>(path: string): Promise<T>;
  create<T>(path: string, body: object): Promise<T>;
  replace<T>(path: string, body: object): Promise<T>;
  patch<T>(path: string, body: object, type?: PatchType): Promise<T>;
  delete(path: string, body?: object): Promise<void>;
  close(): void;
}

const TIMEOUT_MS = 30_000;

/** @public */
export async function createApiClient(kubeconfig: string): Promise<ApiClient> {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(kubeconfig);
  const server = kubeConfig.getCurrentCluster()?.server;
  if (!server) {
    throw new Error(`${kubeconfig} names no current cluster`);
  }
  const base = new URL(server);
  const options: https.RequestOptions = {};
  await kubeConfig.applyToHTTPSOptions(options);
  const { ca, cert, key, headers: authHeaders } = options;
  const agent = new https.Agent({
    keepAlive: true,
    maxSockets: 16,
    ca,
    cert,
    key,
  });

  const send = <T>(
    method: string,
    path: string,
    body?: object,
    contentType = 'application/json',
  ): Promise<T> =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body);
      const request = https.request(
        {
          agent,
          method,
          host: base.hostname,
          port: base.port,
          path: `${base.pathname.replace(/\/$/, '')}${path}`,
          timeout: TIMEOUT_MS,
          headers: {
            ...authHeaders,
            accept: 'application/json',
            ...(payload === undefined
              ? {}
              : {
                  'content-type': contentType,
                  'content-length': Buffer.byteLength(payload),
                }),
          },
        },
        response => {
          const chunks: Buffer[] = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            const status = response.statusCode ?? 0;
            if (status >= 200 && status < 300) {
              try {
                resolve(JSON.parse(text) as T);
              } catch {
                reject(new Error(`${method} ${path}: the answer isn't JSON`));
              }
              return;
            }
            reject(toApiError(status, text, `${method} ${path}`));
          });
        },
      );
      request.on('timeout', () =>
        request.destroy(new Error(`${method} ${path}: no answer in time`)),
      );
      request.on('error', reject);
      request.end(payload);
    });

  return {
    kubeConfig,
    server,
    ca: ca ? ca.toString() : '',
    get: path => send('GET', path),
    create: (path, body) => send('POST', path, body),
    replace: (path, body) => send('PUT', path, body),
    patch: (path, body, type = 'strategic-merge') =>
      send('PATCH', path, body, `application/${type}-patch+json`),
    delete: async (path, body) => {
      await send('DELETE', path, body);
    },
    close: () => agent.destroy(),
  };
}

function toApiError(status: number, text: string, what: string): ApiError {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) {
      const { message, reason } = parsed as {
        message?: string;
        reason?: string;
      };
      return new ApiError(status, reason ?? '', message ?? text);
    }
  } catch {
    // Not a Status object: what was sent is the best message there is.
  }
  return new ApiError(status, '', `${what}: ${status} ${text.slice(0, 200)}`);
}
