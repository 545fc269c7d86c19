import {
  generationParameters,
  prompt,
  variantName,
} from '@llm-platform/service-kit';
import { z } from 'zod';

export const MOST_ITEMS = 1000;
const MOST_SCORERS = 8;
const LONGEST_PATTERN = 1000;
const LONGEST_EXPECTED = 20_000;

function compiles(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

const pattern = z
  .string()
  .min(1)
  .max(LONGEST_PATTERN)
  .refine(compiles, 'is not a valid regular expression (JavaScript, flag u)');

const ignoreCase = z.boolean().default(false);

export const scorer = z.discriminatedUnion('type', [
  z
    .strictObject({
      type: z.literal('exact_match'),
      ignore_case: ignoreCase,
    })
    .describe(
      'The answer is `expected`, but for white space at the ends of both.',
    ),
  z
    .strictObject({ type: z.literal('contains'), ignore_case: ignoreCase })
    .describe('The answer contains `expected`.'),
  z
    .strictObject({
      type: z.literal('regex'),
      pattern: pattern
        .optional()
        .describe('For items without a pattern of their own.'),
      ignore_case: ignoreCase,
    })
    .describe(
      'The answer has a match. A pattern that takes too long on an answer is an error of that item.',
    ),
  z
    .strictObject({
      type: z.literal('judge'),
      variant: variantName
        .optional()
        .describe("The model that judges; the service's default if left out."),
      criteria: z
        .string()
        .min(1)
        .max(4000)
        .optional()
        .describe('What makes an answer good.'),
      pass_at: z
        .int()
        .min(1)
        .max(5)
        .default(4)
        .describe('The mark, of 1 to 5, from which an answer passes.'),
    })
    .describe('A model gives the answer a mark from 1 to 5.'),
]);

export const item = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(128)
    .optional()
    .describe("The item's place in the set, from 1, if left out."),
  inputs: prompt,
  expected: z.string().max(LONGEST_EXPECTED).optional(),
  pattern: pattern.optional().describe('For the regex scorer.'),
});

export const evaluationRequest = z
  .strictObject({
    name: z.string().min(1).max(200).optional(),
    variant: variantName
      .optional()
      .describe("The model to evaluate; the service's default if left out."),
    parameters: generationParameters
      .prefault({})
      .describe('As for /predict, but temperature is 0 if left out.'),
    scorers: z.array(scorer).min(1).max(MOST_SCORERS),
    items: z.array(item).min(1).max(MOST_ITEMS),
  })
  .superRefine(({ scorers, items }, context) => {
    const refuse = (path: Array<string | number>, message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const types = scorers.map(({ type }) => type);
    scorers.forEach(({ type }, i) => {
      if (types.indexOf(type) !== i) {
        refuse(['scorers', i], `there is a ${type} scorer already`);
      }
    });
    const needsExpected = types.find(
      type => type === 'exact_match' || type === 'contains',
    );
    const regex = scorers.find(one => one.type === 'regex');
    const ids = new Set<string>();
    items.forEach((one, i) => {
      if (needsExpected && one.expected === undefined) {
        refuse(
          ['items', i, 'expected'],
          `the ${needsExpected} scorer needs it`,
        );
      }
      if (regex && !regex.pattern && one.pattern === undefined) {
        refuse(['items', i, 'pattern'], 'the regex scorer needs it');
      }
      const id = one.id ?? String(i + 1);
      if (ids.has(id)) {
        refuse(['items', i, 'id'], `another item is called '${id}'`);
      }
      ids.add(id);
    });
  })
  .transform(({ items, ...rest }) => ({
    ...rest,
    items: items.map((one, i) => ({ ...one, id: one.id ?? String(i + 1) })),
  }))
  .describe('An evaluation set, and how its answers are scored.');

/** An evaluation as it was asked for. */
export type EvaluationRequest = z.output<typeof evaluationRequest>;
export type Item = EvaluationRequest['items'][number];
export type Scorer = z.output<typeof scorer>;
