import type { KubeConfig } from '@kubernetes/client-node';
import http from 'node:http';
import https from 'node:https';
import type { PlatformCluster } from '../clusters';
import { KubernetesApiError, NoAnswerError } from './errors';

/** An entity of the API server is capped at 1.5 MiB by etcd; a list of 10,000 pods has about 40 MiB. */
const MAX_RESPONSE_BYTES = 256 * 1024 * 1024;
const MAX_ERROR_BYTES = 64 * 1024;
const DEFAULT_TIMEOUT_MS = 30_000;

/** @public */
export interface KubernetesRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Absolute path on the API server, every segment encoded. */
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: unknown;
  /** Of the body; `application/json` if left out. */
  contentType?: string;
  /** What to answer with; JSON if left out. */
  accept?: string;
  signal?: AbortSignal;
  /** Until the answer is complete (`request`) or begins (`stream`). */
  timeoutMs?: number;
}

/**
 * Speaks to the API server of one cluster: objects come back as the server sent them. (The generated classes of
 * client-node drop the fields they don't know, which would then be lost by an apply or a diff.)
 *
 * @public
 */
export class KubernetesClient {
  readonly #cluster: PlatformCluster;
  #agent: { key: string; agent: http.Agent } | undefined;

  static create(options: { cluster: PlatformCluster }): KubernetesClient {
    return new KubernetesClient(options.cluster);
  }

  private constructor(cluster: PlatformCluster) {
    this.#cluster = cluster;
  }

  /** Sends one request and answers its JSON. Rejects with a KubernetesApiError for any status but 2xx. */
  async request<T>(request: KubernetesRequest): Promise<T> {
    const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = request.signal
      ? AbortSignal.any([request.signal, timeout])
      : timeout;
    try {
      const response = await this.#open(request, signal);
      const text = await readText(response, MAX_RESPONSE_BYTES);
      return (text ? JSON.parse(text) : undefined) as T;
    } catch (error) {
      throw timeout.aborted ? new NoAnswerError(timeoutMs) : error;
    }
  }

  /** Begins one request and answers its body as it comes; ends when `signal` aborts. */
  async stream(request: KubernetesRequest): Promise<http.IncomingMessage> {
    const timeoutMs = request.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const began = new AbortController();
    const timer = setTimeout(
      () => began.abort(new NoAnswerError(timeoutMs)),
      timeoutMs,
    );
    try {
      return await this.#open(
        request,
        request.signal
          ? AbortSignal.any([request.signal, began.signal])
          : began.signal,
      );
    } finally {
      clearTimeout(timer);
    }
  }

  async #open(
    request: KubernetesRequest,
    signal: AbortSignal,
  ): Promise<http.IncomingMessage> {
    const kubeConfig = await this.#cluster.getKubeConfig();
    const server = kubeConfig.getCurrentCluster()?.server;
    if (!server) {
      throw new Error(`Cluster '${this.#cluster.name}' has no server`);
    }
    const url = new URL(server.replace(/\/$/, '') + request.path);
    for (const [key, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) {
        url.searchParams.set(key, String(value));
      }
    }
    const options: https.RequestOptions = {};
    await kubeConfig.applyToHTTPSOptions(options);
    const body =
      request.body === undefined ? undefined : JSON.stringify(request.body);
    const response = await send({
      url,
      signal,
      method: request.method ?? 'GET',
      agent: this.#getAgent(kubeConfig, options, url.protocol),
      auth: options.auth,
      headers: {
        ...(options.headers as http.OutgoingHttpHeaders | undefined),
        accept: request.accept ?? 'application/json, */*',
        ...(body !== undefined && {
          'content-type': request.contentType ?? 'application/json',
          'content-length': String(Buffer.byteLength(body)),
        }),
      },
      body,
    });
    const status = response.statusCode ?? 0;
    if (status < 200 || status > 299) {
      throw KubernetesApiError.fromResponse(
        status,
        await readText(response, MAX_ERROR_BYTES).catch(() => ''),
      );
    }
    return response;
  }

  /** One pool of kept-alive connections for as long as the credentials of the connection stay the same. */
  #getAgent(
    kubeConfig: KubeConfig,
    options: https.RequestOptions,
    protocol: string,
  ): http.Agent {
    const proxyUrl = kubeConfig.getCurrentCluster()?.proxyUrl;
    const { ca, cert, key, servername, rejectUnauthorized } = options;
    const identity = JSON.stringify([
      protocol,
      proxyUrl,
      servername,
      rejectUnauthorized,
      String(ca),
      String(cert),
      String(key),
    ]);
    if (this.#agent?.key !== identity) {
      this.#agent?.agent.destroy();
      this.#agent = {
        key: identity,
        agent: createAgent(),
      };
    }
    return this.#agent.agent;

    function createAgent(): http.Agent {
      if (proxyUrl && options.agent instanceof http.Agent) {
        return options.agent;
      }
      if (protocol === 'http:') {
        return new http.Agent({ keepAlive: true });
      }
      return new https.Agent({
        keepAlive: true,
        ca,
        cert,
        key,
        servername,
        ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
      });
    }
  }
}

function send(options: {
  url: URL;
  method: string;
  signal: AbortSignal;
  agent: http.Agent;
  auth: string | null | undefined;
  headers: http.OutgoingHttpHeaders;
  body: string | undefined;
}): Promise<http.IncomingMessage> {
  const { url, body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const transport = url.protocol === 'http:' ? http : https;
    const request = transport.request(url, rest, resolve);
    request.on('error', error =>
      reject(options.signal.aborted ? toReason(options.signal) : error),
    );
    request.end(body);
  });
}

function toReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error
    ? signal.reason
    : new Error('the request was aborted');
}

async function readText(
  response: http.IncomingMessage,
  maxBytes: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > maxBytes) {
      response.destroy();
      throw new Error(
        `the API server's answer is larger than ${maxBytes} bytes`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
