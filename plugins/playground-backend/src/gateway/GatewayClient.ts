import { setTimeout as sleep } from 'timers/promises';
import { Agent, request, type Dispatcher } from 'undici';
import { ChatError } from '../chat/ChatError';
import type { ChatRequest } from '../chat/types';
import type { GatewayStatus } from '../models/types';
import type { GatewayTarget } from './types';
import { upstreamError } from './upstreamError';

const CONNECT_TIMEOUT_MS = 5_000;
/** A long prompt on a CPU takes minutes until its first token. */
const FIRST_BYTE_TIMEOUT_MS = 5 * 60_000;
const SILENCE_TIMEOUT_MS = 2 * 60_000;
const HEALTH_TIMEOUT_MS = 2_000;
const MAX_ERROR_BYTES = 64 * 1024;
/** The gateway learns of a new key by watch; these waits add up to about four seconds. */
const KEY_RETRY_MS = [100, 200, 400, 800, 1_200, 1_500];

/** Body and headers of a stream that has begun. */
export interface GatewayStream {
  headers: Record<string, string | string[] | undefined>;
  body: AsyncIterable<Uint8Array> & { destroy(error?: Error): unknown };
}

/** Talks to the gateways. Tokens come in as functions, so that each attempt has a fresh one. */
export class GatewayClient {
  readonly #agent: Agent;

  static create(): GatewayClient {
    return new GatewayClient();
  }

  private constructor() {
    this.#agent = new Agent({
      connect: { timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: FIRST_BYTE_TIMEOUT_MS,
      bodyTimeout: SILENCE_TIMEOUT_MS,
    });
  }

  /**
   * Opens a streamed chat. `onUnauthorized` publishes the keys again; a
   * gateway that has just started may not have them yet.
   */
  async openChat(
    target: GatewayTarget,
    chat: ChatRequest,
    options: {
      getToken(): Promise<string>;
      onUnauthorized(): Promise<unknown>;
      signal: AbortSignal;
    },
  ): Promise<GatewayStream> {
    if (!target.url) {
      throw new ChatError({
        status: 503,
        source: 'gateway',
        code: 'gateway_not_configured',
        message: `Cluster ${target.cluster} has no gateway configured (llmPlatform.clusters[].gateway.url).`,
      });
    }
    const { cluster: _cluster, ...body } = chat;
    const payload = JSON.stringify({
      ...body,
      stream: true,
      stream_options: { include_usage: true },
    });
    for (let attempt = 0; ; attempt += 1) {
      const response = await this.#post(target.url, payload, {
        token: await options.getToken(),
        signal: options.signal,
      });
      if (response.statusCode === 200) {
        return { headers: response.headers, body: response.body };
      }
      const text = await readCapped(response.body);
      if (response.statusCode !== 401 || attempt >= KEY_RETRY_MS.length) {
        throw upstreamError(response.statusCode, text);
      }
      await options.onUnauthorized();
      await sleep(KEY_RETRY_MS[attempt], undefined, { signal: options.signal });
    }
  }

  async status(target: GatewayTarget): Promise<GatewayStatus> {
    const { cluster, url } = target;
    if (!url) {
      return {
        cluster,
        state: 'not-configured',
        message: `Cluster ${cluster} has no gateway configured.`,
      };
    }
    try {
      const { statusCode, body } = await request(`${trim(url)}/health`, {
        dispatcher: this.#agent,
        signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
      });
      await body.dump();
      return statusCode < 400
        ? { cluster, url, state: 'ok' }
        : {
            cluster,
            url,
            state: 'unreachable',
            message: `The gateway answers ${statusCode} to its health check.`,
          };
    } catch {
      return {
        cluster,
        url,
        state: 'unreachable',
        message: `The gateway at ${url} does not answer.`,
      };
    }
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #post(
    url: string,
    payload: string,
    options: { token: string; signal: AbortSignal },
  ): Promise<Dispatcher.ResponseData> {
    try {
      return await request(`${trim(url)}/v1/chat/completions`, {
        method: 'POST',
        dispatcher: this.#agent,
        signal: options.signal,
        headers: {
          'content-type': 'application/json',
          accept: 'text/event-stream',
          authorization: `Bearer ${options.token}`,
        },
        body: payload,
      });
    } catch (caught) {
      if (options.signal.aborted) {
        throw caught;
      }
      const timedOut =
        (caught as { code?: string }).code === 'UND_ERR_HEADERS_TIMEOUT';
      throw new ChatError(
        timedOut
          ? {
              status: 504,
              source: 'model',
              code: 'first_token_timeout',
              message: `The model sent nothing for ${
                FIRST_BYTE_TIMEOUT_MS / 60_000
              } minutes.`,
            }
          : {
              status: 503,
              source: 'gateway',
              code: 'gateway_unreachable',
              message: `The gateway at ${url} does not answer.`,
            },
      );
    }
  }
}

function trim(url: string): string {
  return url.replace(/\/+$/, '');
}

async function readCapped(
  body: AsyncIterable<Uint8Array> & { destroy(): unknown },
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > MAX_ERROR_BYTES) {
        body.destroy();
        break;
      }
      chunks.push(chunk);
    }
  } catch {
    // The status says enough when the text can't be read
  }
  return Buffer.concat(chunks).toString('utf8');
}
