import type { DirectRequest } from '@llm-platform/service-kit';
import type { FastifyInstance } from 'fastify';
import type { Call, Entrance, Order, Switchboard, Visit } from '../calls';
import type { Credential } from '../credentials';
import { qualifiedName, type RouteTable } from '../routes';
import {
  readModelRequest,
  upstreamBody,
  type InferencePath,
} from './modelRequest';
import { openAiDialect } from './openAiDialect';
import { promptPrefix } from './promptPrefix';
import { noEndpointError, resolveModel } from './resolveModel';

const INFERENCE_PATHS: readonly InferencePath[] = [
  '/v1/chat/completions',
  '/v1/completions',
  '/v1/embeddings',
];

/**
 * What a body asks for. The parsed body is let go of here, before the answer
 * is waited for.
 */
function orderOf(
  body: Buffer,
  path: InferencePath,
  parts: { table: RouteTable; credential: Credential; facts: Call['facts'] },
): Order {
  const { fields, model, stream, maxTokens, answers, usageWish } =
    readModelRequest(body, path);
  const route = resolveModel(parts.table, parts.credential, model);
  parts.facts.model = route.name;
  parts.facts.stream = stream;
  return {
    route,
    promptBytes: body.length,
    maxTokens,
    answers,
    bodyFor: ({ servedName }) =>
      upstreamBody(body, { model, usageWish }, servedName),
    method: 'POST',
    path,
    dialect: openAiDialect,
    expectsDone: path !== '/v1/embeddings',
    hidesUsage: usageWish !== 'leave',
    prefix: route.affinity === 'prefix' ? promptPrefix(fields) : undefined,
    noEndpoint: noEndpointError,
  };
}

/** The inference calls: resolve the model, pass the bytes on, count. */
export function addInferenceRoutes(
  app: FastifyInstance,
  parts: { table: RouteTable; entrance: Entrance; switchboard: Switchboard },
): void {
  const { table, entrance, switchboard } = parts;
  for (const path of INFERENCE_PATHS) {
    app.directPost<Visit>(path, {
      begin: request => entrance.enter(request),
      handle: (request, visit) => {
        const { credential } = visit;
        const order = orderOf(request.body, path, {
          table,
          credential,
          facts: request.facts,
        });
        // From here on the name is a route's, fit to be a label.
        visit.routeName = qualifiedName(order.route);
        return switchboard.connect(toCall(request), credential, order);
      },
      onDone: (request, visit, status) =>
        entrance.leave({ request, visit, path, status }),
    });
  }
}

function toCall(request: DirectRequest): Call {
  return {
    id: request.id,
    headers: request.headers,
    trace: request.trace,
    facts: request.facts,
    response: request.response,
    startedAt: request.startedAt,
    takeOver: () => {},
  };
}
