import { createApiRef } from '@backstage/frontend-plugin-api';
import type { ChatEvent, ChatRequest, PlaygroundModels } from './types';

/** What the page asks of playground-backend. @public */
export interface PlaygroundApi {
  listModels(options?: { signal?: AbortSignal }): Promise<PlaygroundModels>;
  /** Never rejects but for an abort: errors are events. */
  chat(
    request: ChatRequest,
    options: { signal: AbortSignal },
  ): AsyncIterable<ChatEvent>;
}

/** @public */
export const playgroundApiRef = createApiRef<PlaygroundApi>().with({
  id: 'plugin.playground.api',
  pluginId: 'playground',
});
