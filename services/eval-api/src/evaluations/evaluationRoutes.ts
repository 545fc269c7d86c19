import {
  problems,
  ServiceError,
  type TeamService,
  type TeamServiceApp,
} from '@llm-platform/service-kit';
import { z } from 'zod';
import { details, detailsOf, toMarkdown } from '../report';
import type { EvaluationRunner } from '../runner';
import type { EvaluationStore } from '../store';
import { isOver, summary } from './records';
import { evaluationRequest, type EvaluationRequest } from './request';

const params = z.object({ id: z.string() });
const MARKDOWN = 'text/markdown';

/** Whether whoever asks would rather read than parse. */
function wantsMarkdown(
  format: 'json' | 'md' | undefined,
  accept: string | undefined,
): boolean {
  return format === undefined
    ? accept?.split(/[,;]/)[0].trim() === MARKDOWN
    : format === 'md';
}

/** Creating, listing, reading and ending evaluations. */
export function addEvaluationRoutes(
  app: TeamServiceApp,
  service: Pick<TeamService, 'model' | 'signalOf'>,
  parts: { store: EvaluationStore; runner: EvaluationRunner },
): void {
  const { store, runner } = parts;

  /** Refuses variants that there aren't, where the backend can be asked. */
  async function checkVariants(
    { variant, scorers }: EvaluationRequest,
    signal: AbortSignal,
  ): Promise<void> {
    const judges = scorers.map(one =>
      one.type === 'judge' ? one.variant : undefined,
    );
    const wanted = [variant, ...judges].filter(name => name !== undefined);
    if (wanted.length === 0) {
      return;
    }
    const served = await service.model.variants(signal).catch(() => undefined);
    const unknown = wanted.find(
      name => served && !served.some(({ id }) => id === name),
    );
    if (unknown !== undefined) {
      throw new ServiceError(
        'variant_not_found',
        `There is no variant '${unknown}'. It has: ${served
          ?.map(({ id }) => id)
          .join(', ')}.`,
      );
    }
  }

  app.post(
    '/evaluations',
    {
      schema: {
        summary: 'Begins an evaluation in the background',
        body: evaluationRequest,
        response: {
          202: summary.describe('It is kept and will be run.'),
          ...problems([
            'invalid_json',
            'invalid_request',
            'variant_not_found',
            'request_too_large',
            'too_many_evaluations',
            'storage_full',
          ]),
        },
      },
    },
    async (request, reply) => {
      await checkVariants(request.body, service.signalOf(reply));
      const created = await runner.create({
        request: request.body,
        traceparent: request.traceparent,
      });
      request.facts.evaluation = created.id;
      return reply
        .code(202)
        .header('location', `/evaluations/${created.id}`)
        .send(created);
    },
  );

  app.get(
    '/evaluations',
    {
      schema: {
        summary: 'All evaluations, the newest first',
        response: {
          200: z
            .object({ evaluations: z.array(summary) })
            .describe('Without their results.'),
        },
      },
    },
    () => ({ evaluations: store.list() }),
  );

  app.get(
    '/evaluations/:id',
    {
      schema: {
        summary: 'An evaluation with its results so far',
        params,
        querystring: z.object({
          format: z
            .enum(['json', 'md'])
            .optional()
            .describe('By the Accept header if left out.'),
        }),
        response: {
          200: {
            description: 'As JSON or as Markdown.',
            content: {
              'application/json': { schema: details },
              [MARKDOWN]: { schema: z.string() },
            },
          },
          ...problems(['invalid_request', 'evaluation_not_found']),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const results = await store.resultsOf(id);
      const { request: asked } = await store.requestOf(id);
      const found = detailsOf(store.get(id), asked, results);
      reply.header('vary', 'accept');
      if (!wantsMarkdown(request.query.format, request.headers.accept)) {
        return found;
      }
      reply.type(`${MARKDOWN}; charset=utf-8`).serializer(String);
      return toMarkdown(found);
    },
  );

  app.delete(
    '/evaluations/:id',
    {
      schema: {
        summary: 'Cancels an evaluation; deletes one that is over',
        params,
        response: {
          200: summary.describe('It is cancelled; its results so far stay.'),
          204: z.null().describe('It was over and is deleted.'),
          ...problems(['evaluation_not_found']),
        },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      if (!isOver(store.get(id).status)) {
        return runner.cancel(id);
      }
      await store.delete(id);
      runner.changes.forget(id);
      return reply.code(204).send(null);
    },
  );
}
