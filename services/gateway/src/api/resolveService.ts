import { ServiceError } from '@llm-platform/service-kit';
import { accessOf, type Credential } from '../credentials';
import { qualifiedName, type Route, type RouteTable } from '../routes';

const RETRY_AFTER_SECONDS = { starting: 10, stopped: 60 };

/**
 * The team service of a name for a credential, by the same rule as models:
 * another team's and one that doesn't exist read the same.
 *
 * @public
 */
export function resolveService(
  table: RouteTable,
  credential: Credential,
  name: string,
): Route {
  const route = table.get('service', name);
  const access = route ? accessOf(credential, route) : 'hidden';
  if (route && access === 'allowed') {
    return route;
  }
  if (route && access === 'forbidden') {
    throw new ServiceError(
      'service_not_allowed',
      `This API key may not use the service '${name}'. Ask for a key whose models include '${qualifiedName(
        route,
      )}'.`,
    );
  }
  throw new ServiceError(
    'service_not_found',
    `The service '${name}' does not exist or you do not have access to it.`,
  );
}

/** Why a service without ready endpoints can't answer. @public */
export function noServiceEndpointError(route: Route): ServiceError {
  switch (route.state) {
    case 'scaled-to-zero':
      return new ServiceError(
        'service_scaled_to_zero',
        `The service '${route.name}' is stopped (scaled to zero). Start it in the portal.`,
        { headers: { 'retry-after': `${RETRY_AFTER_SECONDS.stopped}` } },
      );
    case 'unavailable':
      return new ServiceError(
        'service_unavailable',
        `The service '${route.name}' has no running replica: it is stopped, or its pods are waiting for a node.`,
        { headers: { 'retry-after': `${RETRY_AFTER_SECONDS.stopped}` } },
      );
    default:
      return new ServiceError(
        'service_starting',
        `The service '${route.name}' is starting; no replica is ready yet.`,
        { headers: { 'retry-after': `${RETRY_AFTER_SECONDS.starting}` } },
      );
  }
}
