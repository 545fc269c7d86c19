import { QueryClient } from '@tanstack/react-query';
import type { GrafanaPanelsApi } from '../api';
import { isFinal, statusOf } from '../failures';
import { QueryBatcher } from '../query';

const instances = new WeakMap<GrafanaPanelsApi, PanelsData>();

/** What all dashboards and cards of an app share: answers that are still good, and requests that are under way. */
export class PanelsData {
  /** One per API instance, so that each test has its own. */
  static for(api: GrafanaPanelsApi): PanelsData {
    const known = instances.get(api);
    if (known) {
      return known;
    }
    const created = new PanelsData(api);
    instances.set(api, created);
    return created;
  }

  readonly batcher: QueryBatcher;
  readonly client = new QueryClient({
    defaultOptions: {
      queries: {
        // Who asked too much must not ask more at once.
        retry: (failures, error) =>
          failures < 1 && !isFinal(error) && statusOf(error) !== 429,
        retryDelay: 300,
        refetchOnWindowFocus: false,
        // The portal may be on loopback: the browser's offline event says nothing about it.
        networkMode: 'always',
        // Frames are large and made anew each time: nothing of them could be shared.
        structuralSharing: false,
      },
    },
  });

  private constructor(api: GrafanaPanelsApi) {
    this.batcher = new QueryBatcher(api);
  }
}
