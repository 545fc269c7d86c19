import {
  generationParameters,
  modelProblems,
  problems,
  prompt,
  ServiceError,
  variantName,
  type TeamService,
  type TeamServiceApp,
} from '@llm-platform/service-kit';
import { z } from 'zod';
import type { envVariants } from '../variants';
import { agreementOf } from './agreement';
import { compareVariants, type VariantOutcome } from './compareVariants';

const MOST_VARIANTS = 32;

const compareRequest = z
  .strictObject({
    inputs: prompt,
    parameters: generationParameters
      .prefault({})
      .describe(
        'As for /predict, but temperature is 0 if left out: what differs is then the variant, not chance.',
      ),
    variants: z
      .array(variantName)
      .min(2)
      .max(MOST_VARIANTS)
      .refine(
        names => new Set(names).size === names.length,
        'names a variant twice',
      )
      .optional()
      .describe('All if left out.'),
    reference: variantName
      .optional()
      .describe('Whom the others are compared with; the first if left out.'),
  })
  .describe('A prompt for several variants.');

const agreement = z.object({
  exact_match: z
    .boolean()
    .describe('The same text but for white space at its ends.'),
  token_overlap: z
    .number()
    .describe(
      'F1 of the words and marks that both have, without regard to case and order: 0 for none, 1 for the same.',
    ),
});

const answered = z.object({
  variant: z.string(),
  status: z.literal('ok'),
  generated_text: z.string(),
  model_version: z.string(),
  latency_ms: z.number(),
  completion_tokens: z
    .number()
    .nullable()
    .describe('`null` where the backend does not count.'),
  tokens_per_second: z
    .number()
    .nullable()
    .describe('Tokens of the answer by its whole latency.'),
  agreement: agreement
    .nullable()
    .describe("With the reference's answer; `null` where there is none."),
});

const failed = z.object({
  variant: z.string(),
  status: z.literal('failed'),
  error: z.string().describe('A code, as in an error of /predict.'),
  message: z.string(),
});

const comparison = z
  .object({
    correlation_id: z.string(),
    reference: z.string(),
    results: z.array(z.discriminatedUnion('status', [answered, failed])),
    pairs: z
      .array(agreement.extend({ a: z.string(), b: z.string() }))
      .describe('Every two variants that answered.'),
  })
  .describe(
    'What each variant answered, how fast, and how alike the answers are. A variant that failed is among the results; only if all do is it an error.',
  );

type Comparison = z.input<typeof comparison>;

function toAgreement(a: string, b: string): z.input<typeof agreement> {
  const { exactMatch, tokenOverlap } = agreementOf(a, b);
  return { exact_match: exactMatch, token_overlap: tokenOverlap };
}

function toResult(
  outcome: VariantOutcome,
  reference: string | undefined,
): Comparison['results'][number] {
  const { variant } = outcome;
  if ('problem' in outcome) {
    const { code, message } = outcome.problem;
    return { variant, status: 'failed', error: code, message };
  }
  const { generatedText, modelVersion, latencyMs, usage } = outcome.answer;
  return {
    variant,
    status: 'ok',
    generated_text: generatedText,
    model_version: modelVersion,
    latency_ms: latencyMs,
    completion_tokens: usage?.completionTokens ?? null,
    tokens_per_second:
      usage && latencyMs > 0
        ? Math.round((usage.completionTokens / latencyMs) * 10_000) / 10
        : null,
    agreement:
      reference === undefined ? null : toAgreement(generatedText, reference),
  };
}

function pairsOf(outcomes: VariantOutcome[]): Comparison['pairs'] {
  const texts = outcomes.flatMap(outcome =>
    'answer' in outcome
      ? [{ variant: outcome.variant, text: outcome.answer.generatedText }]
      : [],
  );
  return texts.flatMap((a, i) =>
    texts.slice(i + 1).map(b => ({
      a: a.variant,
      b: b.variant,
      ...toAgreement(a.text, b.text),
    })),
  );
}

/** `POST /compare`: one prompt, several variants, side by side. */
export function addCompareRoute(
  app: TeamServiceApp,
  service: TeamService<{ VARIANTS: ReturnType<typeof envVariants> }>,
): void {
  const targets = service.env.VARIANTS;

  /** The variants to ask, of those there are; what isn't one is refused before any is asked. */
  async function choose(
    wanted: string[] | undefined,
    signal: AbortSignal,
  ): Promise<string[]> {
    const all = (await service.model.variants(signal))?.map(({ id }) => id);
    const unknown = wanted?.filter(name => all && !all.includes(name)) ?? [];
    if (unknown.length > 0) {
      throw new ServiceError(
        'variant_not_found',
        `There is no variant ${unknown
          .map(name => `'${name}'`)
          .join(', ')}. It has: ${all?.join(', ')}.`,
      );
    }
    const chosen = wanted ?? all?.slice(0, MOST_VARIANTS) ?? [];
    if (chosen.length < 2) {
      throw new ServiceError(
        'invalid_request',
        `There is nothing to compare: this service has ${
          chosen.length
        } variant(s) (${chosen.join(', ')}). VARIANTS names them.`,
      );
    }
    return chosen;
  }

  function serverOf(variant: string): string {
    const target = targets?.get(variant);
    return target && 'baseUrl' in target ? target.baseUrl : '';
  }

  app.post(
    '/compare',
    {
      schema: {
        summary: "Compares the variants' answers to a prompt",
        body: compareRequest,
        response: { 200: comparison, ...problems(modelProblems) },
      },
    },
    async (request, reply): Promise<Comparison> => {
      const { inputs, parameters } = request.body;
      const signal = service.signalOf(reply);
      const variants = await choose(request.body.variants, signal);
      const reference = request.body.reference ?? variants[0];
      if (!variants.includes(reference)) {
        throw new ServiceError(
          'invalid_request',
          `reference: '${reference}' is not one of the compared variants (${variants.join(
            ', ',
          )})`,
        );
      }
      const outcomes = await compareVariants({
        variants,
        serverOf,
        signal,
        ask: variant =>
          service.model.invoke(
            {
              inputs,
              parameters: { temperature: 0, ...parameters },
            },
            {
              // One id finds all; the suffix tells the model's requests apart.
              correlationId: `${request.id}-${variants.indexOf(variant)}`,
              variant,
              signal,
              trace: request.trace,
            },
          ),
      });
      const problem = outcomes.find(outcome => 'problem' in outcome);
      if (problem && outcomes.every(outcome => 'problem' in outcome)) {
        throw problem.problem;
      }
      request.facts.variants = variants.length;
      request.facts.variants_failed = outcomes.filter(
        outcome => 'problem' in outcome,
      ).length;
      const referenceText = outcomes.flatMap(outcome =>
        'answer' in outcome && outcome.variant === reference
          ? [outcome.answer.generatedText]
          : [],
      )[0];
      return {
        correlation_id: request.id,
        reference,
        results: outcomes.map(outcome => toResult(outcome, referenceText)),
        pairs: pairsOf(outcomes),
      };
    },
  );
}
