import { QueryClient } from '@tanstack/react-query';
import type { GrafanaPanelsApi } from '../api';
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
        // Refused, missing and wrong don't get better by asking again.
        retry: (failures, error) => failures < 1 && !isFinal(error),
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

/** What was there before is no longer the reader's to see, or no longer there. */
export function isDeniedOrMissing(error: unknown): boolean {
  const status = statusOf(error);
  return status === 403 || status === 404;
}

function isFinal(error: unknown): boolean {
  const status = statusOf(error);
  return status !== undefined && status >= 400 && status < 500;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'statusCode' in error
    ? Number(error.statusCode)
    : undefined;
}
