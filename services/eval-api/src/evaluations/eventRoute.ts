import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import {
  problems,
  ServiceError,
  type TeamServiceApp,
} from '@llm-platform/service-kit';
import { z } from 'zod';
import type { EvaluationRunner } from '../runner';
import type { EvaluationStore } from '../store';
import { END, eventsOf } from './events';

const MOST_STREAMS = 100;

const lastEventId = z
  .string()
  .regex(new RegExp(`^(\\d{1,6}|${END})$`), 'is not the id of an event')
  .optional();

async function send(
  response: ServerResponse,
  events: AsyncIterable<string>,
  signal: AbortSignal,
): Promise<void> {
  for await (const text of events) {
    if (!response.write(text)) {
      await once(response, 'drain', { signal });
    }
  }
}

/**
 * `GET /evaluations/{id}/events`: progress as server-sent events. A client
 * that comes back with `Last-Event-ID` gets what it missed.
 */
export function addEventRoute(
  app: TeamServiceApp,
  parts: { store: EvaluationStore; runner: EvaluationRunner },
): void {
  const { store } = parts;
  const closing = new AbortController();
  let streams = 0;
  // A stream would hold up the shutdown, and its client comes back by itself.
  app.addHook('preClose', async () => closing.abort());

  app.get(
    '/evaluations/:id/events',
    {
      schema: {
        summary: 'Progress as server-sent events',
        params: z.object({ id: z.string() }),
        headers: z.object({ 'last-event-id': lastEventId }),
        response: {
          200: {
            description:
              '`result` for each item, numbered in the order in which they came, then `end` with the summary.',
            content: { 'text/event-stream': { schema: z.string() } },
          },
          204: z.null().describe('All was received before: nothing follows.'),
          ...problems([
            'invalid_request',
            'evaluation_not_found',
            'too_many_evaluations',
          ]),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const last = request.headers['last-event-id'] ?? '0';
      store.get(id);
      if (last === END) {
        return reply.code(204).send(null);
      }
      if (streams >= MOST_STREAMS) {
        throw new ServiceError(
          'too_many_evaluations',
          `${MOST_STREAMS} streams are open already.`,
          { headers: { 'retry-after': '10' } },
        );
      }
      const left = new AbortController();
      reply.raw.once('close', () => left.abort());
      const signal = AbortSignal.any([left.signal, closing.signal]);
      streams += 1;
      reply.hijack();
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        // no-transform: whatever compresses would hold events back.
        'cache-control': 'no-store, no-transform',
        'x-request-id': request.id,
        connection: 'close',
      });
      reply.raw.flushHeaders();
      try {
        await send(
          reply.raw,
          eventsOf(id, Number(last), { ...parts, signal }),
          signal,
        );
      } catch (error) {
        // It was deleted, or the client left: either way there is no more.
        request.log.debug({ err: error }, 'events ended');
      } finally {
        streams -= 1;
        reply.raw.end();
      }
      return reply;
    },
  );
}
