import { act } from '@testing-library/react';
import type { ClusterError } from '@llm-platform/plugin-models-common';
import type { ChatEvent, PlaygroundApi, PlaygroundModel } from '../api';

/** A model for tests. */
export function model(change: Partial<PlaygroundModel> = {}): PlaygroundModel {
  return {
    cluster: 'embedded',
    namespace: 'quant',
    name: 'smollm2',
    route: 'smollm2',
    team: 'quant',
    modelId: 'HuggingFaceTB/SmolLM2-135M-Instruct',
    state: 'Ready',
    ...change,
  };
}

/** An API whose answers the test gives event by event. */
export class ScriptedApi implements PlaygroundApi {
  items: PlaygroundModel[] = [model()];
  errors: ClusterError[] = [];
  readonly requests: Array<Parameters<PlaygroundApi['chat']>[0]> = [];
  aborted = 0;
  #queue: ChatEvent[] = [];
  #ended = false;
  #wake: () => void = () => undefined;

  /** Sends events to the running answer. */
  emit(...events: ChatEvent[]): void {
    act(() => {
      this.#queue.push(...events);
      this.#wake();
    });
  }

  /** Ends the running answer. */
  end(): void {
    act(() => {
      this.#ended = true;
      this.#wake();
    });
  }

  async listModels() {
    return {
      items: this.items,
      gateways: [
        {
          cluster: 'embedded',
          state: 'ok' as const,
          url: 'http://127.0.0.1:30080',
        },
      ],
      errors: this.errors,
    };
  }

  async *chat(
    request: Parameters<PlaygroundApi['chat']>[0],
    options: { signal: AbortSignal },
  ): AsyncGenerator<ChatEvent> {
    this.requests.push(request);
    this.#queue = [];
    this.#ended = false;
    options.signal.addEventListener('abort', () => {
      this.aborted += 1;
      this.#wake();
    });
    for (;;) {
      while (this.#queue.length > 0) {
        yield this.#queue.shift()!;
      }
      if (options.signal.aborted) {
        throw new DOMException('aborted', 'AbortError');
      }
      if (this.#ended) {
        return;
      }
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
  }
}
