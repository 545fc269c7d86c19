import { ServiceError } from '@llm-platform/service-kit';
import { accessOf, type Credential } from '../credentials';
import type { Route, RouteTable } from '../routes';

/**
 * The route of a model name for a credential. Another team's model and one
 * that doesn't exist read the same; one of the team's own that the credential
 * may not use is a 403, since the team knows of it.
 *
 * @public
 */
export function resolveModel(
  table: RouteTable,
  credential: Credential,
  model: string,
): Route {
  const route = table.get('model', model);
  const access = route ? accessOf(credential, route) : 'hidden';
  if (route && access === 'allowed') {
    return route;
  }
  if (access === 'forbidden') {
    throw new ServiceError(
      'model_not_allowed',
      `This API key may not use the model '${shown(
        model,
      )}'. Ask for a key whose models include it.`,
      { param: 'model' },
    );
  }
  throw new ServiceError(
    'model_not_found',
    `The model '${shown(
      model,
    )}' does not exist or you do not have access to it. GET /v1/models lists those you may use.`,
    { param: 'model' },
  );
}

/** Names come from the client and may be as long as the body. */
function shown(model: string): string {
  return model.length > 128 ? `${model.slice(0, 128)}…` : model;
}

const RETRY_AFTER_SECONDS = { starting: 10, stopped: 60 };

/** Why a route without ready endpoints can't answer. @public */
export function noEndpointError(route: Route): ServiceError {
  switch (route.state) {
    case 'scaled-to-zero':
      return new ServiceError(
        'model_scaled_to_zero',
        `The model '${route.name}' is stopped (scaled to zero). Start it in the portal.`,
        { headers: { 'retry-after': `${RETRY_AFTER_SECONDS.stopped}` } },
      );
    case 'unavailable':
      return new ServiceError(
        'model_unavailable',
        `The model '${route.name}' has no running replica: it is stopped, or its pods are waiting for a node.`,
        { headers: { 'retry-after': `${RETRY_AFTER_SECONDS.stopped}` } },
      );
    default:
      return new ServiceError(
        'model_starting',
        `The model '${route.name}' is starting; no replica is ready yet.`,
        { headers: { 'retry-after': `${RETRY_AFTER_SECONDS.starting}` } },
      );
  }
}
