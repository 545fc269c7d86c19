import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';

/** What a service calls itself. */
export interface OpenApiInfo {
  title: string;
  description: string;
  version: string;
}

function jsonSchema(schema: z.ZodType): Record<string, unknown> {
  // What a client may send, not what becomes of it.
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
  });
  return rest;
}

/** Zod schemas anywhere in a route's schema, as JSON schemas. */
function converted(value: unknown): unknown {
  if (value instanceof z.ZodType) {
    return jsonSchema(value);
  }
  if (Array.isArray(value)) {
    return value.map(converted);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, converted(inner)]),
    );
  }
  return value;
}

const healthReport = jsonSchema(
  z.object({
    state: z.enum(['starting', 'ready', 'degraded', 'draining']),
    conditions: z.record(
      z.string(),
      z.object({ ok: z.boolean(), detail: z.string().optional() }),
    ),
  }),
);

function probe(summary: string, statuses: Record<string, string>) {
  return {
    get: {
      summary,
      responses: Object.fromEntries(
        Object.entries(statuses).map(([status, description]) => [
          status,
          {
            description,
            content: { 'application/json': { schema: healthReport } },
          },
        ]),
      ),
    },
  };
}

/**
 * `GET /openapi.json`: OpenAPI 3.1 of every route that is declared after this
 * plugin is loaded, and of the probes.
 */
export async function addOpenApi(
  app: FastifyInstance,
  info: OpenApiInfo,
): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info,
      paths: {
        '/startup': probe('Whether the process runs', { 200: 'It does.' }),
        '/health': probe('Whether the process runs', { 200: 'It does.' }),
        '/ready': probe('Whether requests can be answered', {
          200: 'They can.',
          503: 'Not now; `conditions` says why.',
        }),
      },
    },
    transform: ({ schema, url }) => ({
      schema: converted(schema) as Record<string, unknown>,
      url,
    }),
  });
  app.get(
    '/openapi.json',
    {
      schema: {
        summary: 'This document',
        response: {
          200: z.record(z.string(), z.unknown()).describe('OpenAPI 3.1.'),
        },
      },
    },
    () => app.swagger(),
  );
}
