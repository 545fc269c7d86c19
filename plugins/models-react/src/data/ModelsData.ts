import { QueryClient } from '@tanstack/react-query';
import { CHANGES_CHANNEL } from '@llm-platform/plugin-models-common';
import type { SignalApi } from '@backstage/plugin-signals-react';
import type { ModelsApi } from '../api';

/** Hints come in bursts (a rollout changes many objects); one refetch answers them all. */
const COALESCE_MS = 250;

/** First word of the keys of everything that the cluster can change under the reader. */
export const LIVE_KEY = 'llm-platform';

const instances = new WeakMap<ModelsApi, ModelsData>();

/**
 * Query cache and its live connection. One per API instance, so all plugins in an app share it and
 * each test has its own.
 */
export class ModelsData {
  static for(api: ModelsApi): ModelsData {
    const known = instances.get(api);
    if (known) {
      return known;
    }
    const created = new ModelsData();
    instances.set(api, created);
    return created;
  }

  readonly client = new QueryClient({
    defaultOptions: {
      queries: {
        // Denied and missing don't get better by asking again.
        retry: (failures, error) => failures < 1 && !isFinal(error),
        retryDelay: 300,
        staleTime: 2_000,
        // The portal may be on loopback: the browser's offline event says nothing about it.
        networkMode: 'always',
      },
    },
  });
  #listeners = 0;
  #unsubscribe: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  private constructor() {}

  /** Refetches what is on screen whenever the backend says that something changed. */
  connect(signals: SignalApi): () => void {
    this.#listeners++;
    if (!this.#unsubscribe) {
      const subscription = signals.subscribe(CHANGES_CHANNEL, () =>
        this.#schedule(),
      );
      this.#unsubscribe = () => subscription.unsubscribe();
    }
    return () => {
      this.#listeners--;
      if (this.#listeners === 0) {
        this.#unsubscribe?.();
        this.#unsubscribe = undefined;
        clearTimeout(this.#timer);
        this.#timer = undefined;
      }
    };
  }

  #schedule() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.client.invalidateQueries({ queryKey: [LIVE_KEY] });
    }, COALESCE_MS);
  }
}

/** What was there before is no longer the reader's to see, or no longer there. */
export function isDeniedOrMissing(error: unknown): boolean {
  return is(error, ['NotAllowedError', 'NotFoundError'], [403, 404]);
}

function isFinal(error: unknown): boolean {
  return isDeniedOrMissing(error) || is(error, ['AuthenticationError'], [401]);
}

function is(error: unknown, names: string[], codes: number[]): boolean {
  const name = error instanceof Error ? error.name : '';
  const status = (error as { statusCode?: number } | undefined)?.statusCode;
  return names.includes(name) || codes.includes(status ?? 0);
}
