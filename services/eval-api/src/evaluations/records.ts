import { z } from 'zod';

// What is kept and what is answered are the same shapes.

export const status = z.enum([
  'queued',
  'running',
  'completed',
  'cancelled',
  'failed',
]);

const score = z.object({
  scorer: z.enum(['exact_match', 'contains', 'regex', 'judge']),
  passed: z
    .boolean()
    .nullable()
    .describe('`null` where it could not be decided.'),
  mark: z.number().optional().describe("The judge's, of 1 to 5."),
  error: z.string().optional().describe('Why it could not be decided: a code.'),
});

export const itemResult = z.object({
  id: z.string(),
  passed: z
    .boolean()
    .nullable()
    .describe('By every scorer; `null` where one could not decide.'),
  scores: z.array(score),
  generated_text: z.string().optional().describe('Cut where it is very long.'),
  model_version: z.string().optional(),
  latency_ms: z.number().optional(),
  error: z
    .object({ error: z.string(), message: z.string() })
    .optional()
    .describe('Why there is no answer.'),
});

const counts = z.object({
  total: z.number(),
  done: z.number(),
  passed: z.number(),
  failed: z.number(),
  errors: z
    .number()
    .describe('Items without an answer or with a score that is undecided.'),
});

export const summary = z.object({
  id: z.string(),
  name: z.string().optional(),
  status,
  created_at: z.string(),
  finished_at: z.string().optional(),
  problem: z
    .string()
    .optional()
    .describe('Why it failed as a whole, where it did.'),
  counts,
});

/** The result of one item. */
export type ItemResult = z.output<typeof itemResult>;
export type Score = z.output<typeof score>;
export type Status = z.output<typeof status>;
export type Summary = z.output<typeof summary>;
export type Counts = z.output<typeof counts>;

/** Whether nothing more happens to it. */
export function isOver(state: Status): boolean {
  return state !== 'queued' && state !== 'running';
}

export function countsOf(
  total: number,
  results: Iterable<Pick<ItemResult, 'passed'>>,
): Counts {
  const counted: Counts = { total, done: 0, passed: 0, failed: 0, errors: 0 };
  for (const result of results) {
    addTo(counted, result);
  }
  return counted;
}

export function addTo(
  counted: Counts,
  { passed }: Pick<ItemResult, 'passed'>,
): void {
  counted.done += 1;
  if (passed === null) {
    counted.errors += 1;
  } else if (passed) {
    counted.passed += 1;
  } else {
    counted.failed += 1;
  }
}
