import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import { readChatError, readChatEvents } from './chatEvents';
import type { PlaygroundApi } from './playgroundApiRef';
import type {
  ChatErrorInfo,
  ChatEvent,
  ChatRequest,
  PlaygroundModels,
} from './types';

/** Talks to playground-backend as the signed-in user. */
export class PlaygroundClient implements PlaygroundApi {
  readonly #fetchApi: FetchApi;

  static create(options: { fetchApi: FetchApi }): PlaygroundClient {
    return new PlaygroundClient(options.fetchApi);
  }

  private constructor(fetchApi: FetchApi) {
    this.#fetchApi = fetchApi;
  }

  async listModels(options?: {
    signal?: AbortSignal;
  }): Promise<PlaygroundModels> {
    const response = await this.#fetchApi.fetch(
      'plugin://playground/v1/models',
      { signal: options?.signal },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }

  async *chat(
    request: ChatRequest,
    options: { signal: AbortSignal },
  ): AsyncGenerator<ChatEvent> {
    let response: Response;
    try {
      response = await this.#fetchApi.fetch('plugin://playground/v1/chat', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(request),
        signal: options.signal,
      });
    } catch (caught) {
      if (options.signal.aborted) {
        throw caught;
      }
      yield {
        type: 'error',
        error: {
          message:
            'The portal could not be reached. Check your connection and try again.',
          code: 'portal_unreachable',
          source: 'portal',
        },
      };
      return;
    }
    if (!response.ok || !response.body) {
      yield { type: 'error', error: await readFailure(response) };
      return;
    }
    yield {
      type: 'open',
      requestId: response.headers.get('x-request-id') ?? undefined,
    };
    const simulated = response.headers.get('x-llm-platform-simulated');
    if (simulated) {
      yield {
        type: 'simulated',
        what: simulated === 'true' ? 'answer' : simulated,
      };
    }
    yield* readChatEvents(response.body, options.signal);
  }
}

async function readFailure(response: Response): Promise<ChatErrorInfo> {
  if (response.status === 401) {
    return {
      message: 'Your session has ended. Reload the page to sign in again.',
      code: 'session_ended',
      source: 'portal',
    };
  }
  const body: unknown = await response.json().catch(() => undefined);
  return (
    readChatError(body, 'portal') ?? {
      message: `The portal answered ${response.status} ${response.statusText}.`,
      code: `status_${response.status}`,
      source: 'portal',
    }
  );
}
