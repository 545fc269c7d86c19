import { useApi } from '@backstage/core-plugin-api';
import { QueryClient, useQuery } from '@tanstack/react-query';
import {
  playgroundApiRef,
  type PlaygroundApi,
  type PlaygroundModels,
} from '../api';

const STEADY_MS = 15_000;
/** While something is starting, the page should notice when it is ready. */
const CHANGING_MS = 3_000;

/** One cache per API instance: tests and sign-ins don't see each other's. */
const clients = new WeakMap<PlaygroundApi, QueryClient>();

function clientOf(api: PlaygroundApi): QueryClient {
  let client = clients.get(api);
  if (!client) {
    client = new QueryClient({
      // The portal may be on loopback: the browser's offline event says nothing about it.
      defaultOptions: { queries: { retry: false, networkMode: 'always' } },
    });
    clients.set(api, client);
  }
  return client;
}

function isSteady(models: PlaygroundModels | undefined): boolean {
  return (
    models !== undefined &&
    models.items.length > 0 &&
    models.items.every(({ state }) => state === 'Ready') &&
    models.gateways.every(({ state }) => state === 'ok')
  );
}

/** The models that the user may talk to, kept fresh. */
export function useModels() {
  const api = useApi(playgroundApiRef);
  const { data, error, refetch } = useQuery(
    {
      queryKey: ['models'],
      queryFn: ({ signal }) => api.listModels({ signal }),
      refetchInterval: query =>
        isSteady(query.state.data) ? STEADY_MS : CHANGING_MS,
    },
    clientOf(api),
  );
  return { models: data, error: error ?? undefined, refetch };
}
