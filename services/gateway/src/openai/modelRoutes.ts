import type { FastifyInstance } from 'fastify';
import type { Visit } from '../calls';
import { accessOf } from '../credentials';
import type { Route, RouteTable } from '../routes';
import { resolveModel } from './resolveModel';

/** OpenAI's model object, with the state of the route beside it. @public */
export interface ModelObject {
  id: string;
  object: 'model';
  created: number;
  owned_by: string;
  state: Route['state'];
}

function toModel(route: Route): ModelObject {
  return {
    id: route.name,
    object: 'model',
    created: route.created,
    owned_by: route.team,
    state: route.state,
  };
}

/** `GET /v1/models` and `/v1/models/{id}`: what the credential may use. */
export function addModelRoutes(app: FastifyInstance, table: RouteTable): void {
  app.get('/v1/models', (request, reply) => {
    const { credential } = request.visit as Visit;
    reply.send({
      object: 'list',
      data: table
        .models()
        .filter(route => accessOf(credential, route) === 'allowed')
        .sort((a, b) => a.name.localeCompare(b.name))
        .map(toModel),
    });
  });
  // A name may hold slashes, sent as they are or encoded.
  app.get<{ Params: { '*': string } }>('/v1/models/*', (request, reply) => {
    const { credential } = request.visit as Visit;
    reply.send(toModel(resolveModel(table, credential, request.params['*'])));
  });
}
