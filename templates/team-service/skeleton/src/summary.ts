import {
  addAnswerFacts,
  modelProblems,
  problems,
  type TeamService,
  type TeamServiceApp,
} from '@llm-platform/service-kit';
import { z } from 'zod';

const summaryRequest = z
  .strictObject({
    text: z.string().min(1).max(100_000),
    sentences: z.int().min(1).max(10).default(2),
  })
  .describe('A text, and how long its summary may be.');

const summaryAnswer = z
  .object({
    summary: z.string(),
    model_version: z.string(),
    latency_ms: z.number(),
    correlation_id: z.string(),
  })
  .describe('The summary.');

/** `POST /summary`: the endpoint of this service's own. Put yours in its place. */
export function addSummaryRoute(
  app: TeamServiceApp,
  service: TeamService,
): void {
  app.post(
    '/summary',
    {
      schema: {
        summary: 'Summarises a text',
        body: summaryRequest,
        response: { 200: summaryAnswer, ...problems(modelProblems) },
      },
    },
    async (request, reply) => {
      const { text, sentences } = request.body;
      const answer = await service.model.invoke(
        {
          inputs: `Summarise the following text in at most ${sentences} sentence(s).\n\n${text}\n\nSummary:`,
          parameters: { temperature: 0, max_tokens: 60 * sentences },
        },
        {
          correlationId: request.id,
          signal: service.signalOf(reply),
          trace: request.trace,
        },
      );
      addAnswerFacts(request.facts, answer);
      return {
        summary: answer.generatedText.trim(),
        model_version: answer.modelVersion,
        latency_ms: answer.latencyMs,
        correlation_id: request.id,
      };
    },
  );
}
