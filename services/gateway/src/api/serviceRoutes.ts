import { DEFAULT_MAX_TOKENS, ServiceError } from '@llm-platform/service-kit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Order, Switchboard, Visit } from '../calls';
import { isObject, readObject } from '../json';
import { qualifiedName, type RouteTable } from '../routes';
import { predictDialect } from './predictDialect';
import { noServiceEndpointError, resolveService } from './resolveService';

type ServiceRequest = FastifyRequest<{ Params: { route: string } }>;

/** What differs between the calls of a service. */
type ServiceCall = Pick<
  Order,
  'method' | 'path' | 'maxTokens' | 'prefix' | 'promptBytes'
>;

const NO_BODY = Buffer.alloc(0);
/** Plain segments only: what a service is asked for is what the gateway has read. */
const PLAIN_PATH = /^(?:\/(?!\.{1,2}(?:\/|$))[\w.~:@!$&'()*+,;=-]+)+$/;

function bodyOf(request: FastifyRequest): Buffer {
  return (request.body as Buffer | undefined) ?? NO_BODY;
}

/** The fields of a body that may be anything; none where it is no JSON object. */
function fieldsIfAny(body: Buffer): Record<string, unknown> {
  try {
    return readObject(body);
  } catch {
    return {};
  }
}

/** Tokens of the answer as the kit's team services read them. */
function allowedTokens(fields: Record<string, unknown>): number {
  const parameters = isObject(fields.parameters) ? fields.parameters : {};
  const most = parameters.max_tokens ?? parameters.max_new_tokens;
  return typeof most === 'number' && Number.isInteger(most) && most >= 0
    ? most
    : DEFAULT_MAX_TOKENS;
}

function prediction(request: ServiceRequest): ServiceCall {
  const body = bodyOf(request);
  const fields = readObject(body);
  return {
    method: 'POST',
    path: '/predict',
    promptBytes: body.length,
    maxTokens: allowedTokens(fields),
    prefix:
      typeof fields.inputs === 'string'
        ? fields.inputs.slice(0, 2048)
        : undefined,
  };
}

/** A service's own endpoint; only what may make it work counts as tokens. */
function ownEndpoint(request: ServiceRequest): ServiceCall {
  const method = request.method as ServiceCall['method'];
  const body = bodyOf(request);
  const [path, query] = request.url.split(/\?(.*)/s);
  const own = path.slice(path.indexOf('/', '/api/'.length));
  if (!PLAIN_PATH.test(own)) {
    throw new ServiceError(
      'unknown_url',
      'The path of a service may have plain characters only.',
    );
  }
  return {
    method,
    path: query === undefined ? own : `${own}?${query}`,
    promptBytes: body.length,
    maxTokens: method === 'POST' ? allowedTokens(fieldsIfAny(body)) : 0,
    prefix: undefined,
  };
}

/** `POST /api/{route}/predict` and what else a team service has: `/api/{route}/…`. */
export function addServiceRoutes(
  app: FastifyInstance,
  parts: { table: RouteTable; switchboard: Switchboard },
): void {
  const { table, switchboard } = parts;
  const pass =
    (read: (request: ServiceRequest) => ServiceCall) =>
    async (request: ServiceRequest, reply: FastifyReply) => {
      const startedAt = performance.now();
      const visit = request.visit as Visit;
      const call = read(request);
      const route = resolveService(
        table,
        visit.credential,
        request.params.route,
      );
      visit.routeName = qualifiedName(route);
      request.facts.service = route.name;
      await switchboard.connect(
        {
          id: request.id,
          headers: request.headers,
          trace: request.trace,
          facts: request.facts,
          response: reply.raw,
          startedAt,
          takeOver: () => reply.hijack(),
        },
        visit.credential,
        {
          ...call,
          route,
          bodyFor: () => bodyOf(request),
          dialect: predictDialect,
          expectsDone: false,
          hidesUsage: false,
          noEndpoint: noServiceEndpointError,
        },
      );
      return reply;
    };

  app.post('/api/:route/predict', pass(prediction));
  app.route({
    method: ['GET', 'POST', 'DELETE'],
    url: '/api/:route/*',
    // A HEAD would be answered with a body by a service that doesn't know it.
    exposeHeadRoute: false,
    handler: pass(ownEndpoint),
  });
}
