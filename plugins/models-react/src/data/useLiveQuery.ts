import { useCallback, useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { modelsApiRef, type ModelsApi } from '../api';
import { isDeniedOrMissing, LIVE_KEY, ModelsData } from './ModelsData';

/** Without a signal within this time the page asks by itself. */
const POLL_MS = 15_000;

/** A live value: what is known, how old it is, and what went wrong since. @public */
export interface LiveResult<T> {
  /** The last good answer; kept while refetches fail, unless they are denied or find nothing. */
  data: T | undefined;
  /** Nothing is known yet and nothing failed yet. */
  loading: boolean;
  /** The last request's failure; `data` may still be there. */
  error: Error | undefined;
  /** When `data` was received. */
  updatedAt: Date | undefined;
  /** Asks again now. */
  retry: () => void;
}

/**
 * Fetches, refetches on the backend's change hints, polls slowly as a fallback, keeps the last data.
 *
 * @public
 */
export function useLiveQuery<T>(options: {
  key: readonly unknown[];
  fetch: (api: ModelsApi) => Promise<T>;
  enabled?: boolean;
  /** Milliseconds; default 15 s. */
  pollInterval?: number;
}): LiveResult<T> {
  const api = useApi(modelsApiRef);
  const signals = useApiHolder().get(signalApiRef);
  const data = ModelsData.for(api);

  useEffect(
    () => (signals ? data.connect(signals) : undefined),
    [data, signals],
  );

  const query = useQuery(
    {
      queryKey: [LIVE_KEY, ...options.key],
      queryFn: () => options.fetch(api),
      enabled: options.enabled ?? true,
      refetchInterval: options.pollInterval ?? POLL_MS,
    },
    data.client,
  );
  const { refetch } = query;
  const retry = useCallback(() => {
    void refetch();
  }, [refetch]);

  const gone = isDeniedOrMissing(query.error);
  return {
    data: gone ? undefined : query.data,
    loading: query.isLoading,
    error: query.error ?? undefined,
    updatedAt: query.dataUpdatedAt ? new Date(query.dataUpdatedAt) : undefined,
    retry,
  };
}
