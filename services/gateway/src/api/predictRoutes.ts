import { DEFAULT_MAX_TOKENS } from '@llm-platform/service-kit';
import type { FastifyInstance } from 'fastify';
import type { Switchboard, Visit } from '../calls';
import { isObject, readObject } from '../json';
import { qualifiedName, type RouteTable } from '../routes';
import { predictDialect } from './predictDialect';
import { noServiceEndpointError, resolveService } from './resolveService';

/** Tokens of the answer as the kit's team services read them. */
function allowedTokens(fields: Record<string, unknown>): number {
  const parameters = isObject(fields.parameters) ? fields.parameters : {};
  const most = parameters.max_tokens ?? parameters.max_new_tokens;
  return typeof most === 'number' && Number.isInteger(most) && most >= 0
    ? most
    : DEFAULT_MAX_TOKENS;
}

/** `POST /api/{route}/predict`: the team services. */
export function addPredictRoutes(
  app: FastifyInstance,
  parts: { table: RouteTable; switchboard: Switchboard },
): void {
  const { table, switchboard } = parts;
  app.post<{ Params: { route: string } }>(
    '/api/:route/predict',
    async (request, reply) => {
      const startedAt = performance.now();
      const visit = request.visit as Visit;
      const body = (request.body as Buffer | undefined) ?? Buffer.alloc(0);
      const fields = readObject(body);
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
          route,
          promptBytes: body.length,
          maxTokens: allowedTokens(fields),
          bodyFor: () => body,
          path: '/predict',
          dialect: predictDialect,
          expectsDone: false,
          hidesUsage: false,
          prefix:
            typeof fields.inputs === 'string'
              ? fields.inputs.slice(0, 2048)
              : undefined,
          noEndpoint: noServiceEndpointError,
        },
      );
      return reply;
    },
  );
}
