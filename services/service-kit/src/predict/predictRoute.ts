import { z } from 'zod';
import { addAnswerFacts, type TeamService } from '../teamService/TeamService';
import { problems, type TeamServiceApp } from '../teamService/zodRoutes';
import { generationParameters, prompt, variantName } from './parameters';

const predictRequest = z
  .strictObject({
    inputs: prompt,
    parameters: generationParameters.prefault({}),
    variant: variantName
      .optional()
      .describe(
        "Which of the service's variants answers; its default if left out.",
      ),
  })
  .describe('A prompt.');

const predictAnswer = z
  .object({
    generated_text: z.string(),
    model_version: z.string().describe('What the backend calls the model.'),
    latency_ms: z
      .number()
      .describe('From asking the model to its whole answer.'),
    correlation_id: z
      .string()
      .describe(
        "The request's id, in the log lines of everything that took part.",
      ),
  })
  .describe('The answer.');

/** Codes that any request to a model may end with. @public */
export const modelProblems = [
  'invalid_json',
  'invalid_request',
  'context_length_exceeded',
  'variant_not_found',
  'model_not_found',
  'request_too_large',
  'rate_limit_exceeded',
  'upstream_unreachable',
  'upstream_failed',
  'prediction_failed',
  'model_starting',
  'model_unavailable',
  'shutting_down',
  'upstream_timeout',
] as const;

/** `POST /predict`, the same in every team service. */
export function addPredictRoute(
  app: TeamServiceApp,
  service: TeamService,
): void {
  app.post(
    '/predict',
    {
      schema: {
        summary: 'Answers a prompt',
        body: predictRequest,
        response: { 200: predictAnswer, ...problems(modelProblems) },
      },
    },
    async (request, reply) => {
      const { variant, ...payload } = request.body;
      const answer = await service.model.invoke(payload, {
        correlationId: request.id,
        variant,
        signal: service.signalOf(reply),
        trace: request.trace,
      });
      addAnswerFacts(request.facts, answer);
      return {
        generated_text: answer.generatedText,
        model_version: answer.modelVersion,
        latency_ms: answer.latencyMs,
        correlation_id: request.id,
      };
    },
  );
}
