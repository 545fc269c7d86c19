import type { ModelDeploymentRef } from '@llm-platform/plugin-models-common';

/**
 * Where things are in the portal. The paths are the defaults of our pages.
 *
 * @public
 */
export const links = {
  home: () => '/',
  models: (filter?: { team?: string; state?: string; q?: string }) =>
    `/models${query({ ...filter })}`,
  model: (ref: ModelDeploymentRef, tab?: 'logs' | 'config') =>
    `/models/${[ref.cluster, ref.namespace, ref.name]
      .map(encodeURIComponent)
      .join('/')}${tab ? `/${tab}` : ''}`,
  logs: (
    ref: ModelDeploymentRef,
    options?: { pod?: string; previous?: boolean },
  ) =>
    `${links.model(ref, 'logs')}${query({
      pod: options?.pod,
      previous: options?.previous ? 'true' : undefined,
    })}`,
  gpus: (options?: { by?: 'node' | 'team' | 'model' }) =>
    `/gpus${query({ ...options })}`,
  teams: () => '/teams',
  team: (team: string) => `/teams/${encodeURIComponent(team)}`,
  playground: (options?: { model?: string; cluster?: string }) =>
    `/playground${query({ ...options })}`,
  /** A team service has no page but that of its entity. */
  service: (ref: { namespace: string; name: string }) =>
    `/catalog/default/component/${encodeURIComponent(
      `${ref.namespace}-${ref.name}`,
    )}`,
  newService: () => '/create/templates/default/team-service',
  deploy: () => '/create/templates/default/model-deployment',
};

function query(values: Record<string, string | undefined>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    if (value) {
      params.set(key, value);
    }
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}
