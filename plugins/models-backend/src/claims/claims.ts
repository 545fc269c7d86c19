import { ConflictError } from '@backstage/errors';
import {
  annotations,
  labels,
  type ModelDeploymentSpec,
  type PreflightFacts,
  type RouteClaim,
} from '@llm-platform/plugin-models-common';
import type { KubernetesClient } from '@llm-platform/plugin-models-node';
import type { RawObject } from '../watch';

/** A Service that claims a name at the gateway. */
type Claim = NonNullable<PreflightFacts['routes']>[number];

/**
 * The names at the gateway that are taken for this model deployment. Of two Services with one name the gateway serves
 * the older, so a later claim of somebody else takes nothing from a deployment that has the name.
 */
export function claimsBefore(
  spec: ModelDeploymentSpec,
  services: RawObject[],
): Claim[] {
  const { name, namespace } = spec.metadata;
  const own = services.find(
    ({ metadata }) =>
      metadata.namespace === namespace && metadata.name === name,
  );
  return services
    .filter(isModelClaim)
    .filter(service => service !== own && (!own || isBefore(service, own)))
    .map(service => ({
      route: routeOf(service),
      namespace: service.metadata.namespace ?? '',
      service: service.metadata.name,
    }));
}

/** Throws when the gateway serves something else under the name. Asks the cluster: a watch may lag behind. */
export async function requireFreeRoute(
  spec: ModelDeploymentSpec,
  client: KubernetesClient,
): Promise<void> {
  const { items } = await client.request<{ items: RawObject[] }>({
    path: '/api/v1/services',
    query: { labelSelector: labels.route },
  });
  const { name } = spec.metadata;
  if (claimsBefore(spec, items).some(({ route }) => route === name)) {
    // Which team serves it is not told: the name alone is public at the gateway.
    throw new ConflictError(
      `The gateway already serves a model '${name}': choose another name, routes are shared by all teams`,
    );
  }
}

/** Team services have routes of their own, below `/api`. */
function isModelClaim({ metadata }: RawObject): boolean {
  return !metadata.labels?.[labels.service] || !!metadata.labels[labels.model];
}

/** The routes below `/api` that Services claim. */
export function serviceClaims(services: RawObject[]): RouteClaim[] {
  return services.flatMap(service => {
    const route = routeOf(service);
    return route && !isModelClaim(service)
      ? [
          {
            route,
            namespace: service.metadata.namespace ?? '',
            service: service.metadata.name,
          },
        ]
      : [];
  });
}

function routeOf({ metadata }: RawObject): string {
  return (
    metadata.annotations?.[annotations.routeName] ||
    metadata.labels?.[labels.route] ||
    ''
  );
}

/** As the gateway orders them. */
function isBefore(a: RawObject, b: RawObject): boolean {
  const difference = createdAt(a) - createdAt(b);
  return difference === 0 ? idOf(a).localeCompare(idOf(b)) < 0 : difference < 0;
}

function createdAt({ metadata }: RawObject): number {
  return new Date(String(metadata.creationTimestamp ?? 0)).getTime() || 0;
}

function idOf({ metadata }: RawObject): string {
  return `${metadata.namespace}/${metadata.name}`;
}
