import { z } from 'zod';
import {
  itemResult,
  summary,
  type ItemResult,
  type Summary,
} from '../evaluations/records';
import type { EvaluationRequest } from '../evaluations/request';

const byScorer = z.object({
  scorer: z.string(),
  passed: z.number(),
  failed: z.number(),
  undecided: z.number(),
  mean_mark: z.number().optional().describe("The judge's, of 1 to 5."),
});

export const details = summary
  .extend({
    variant: z.string().optional(),
    scorers: z.array(byScorer),
    results: z
      .array(
        itemResult.extend({
          inputs: z.string(),
          expected: z.string().optional(),
        }),
      )
      .describe('Of the items that are done, in the order of the set.'),
  })
  .describe('An evaluation with its results so far.');

export type Details = z.output<typeof details>;

/** Puts together what was asked and what came of it. */
export function detailsOf(
  state: Summary,
  request: EvaluationRequest,
  results: readonly ItemResult[],
): Details {
  const byId = new Map(results.map(result => [result.id, result]));
  return {
    ...state,
    ...(request.variant !== undefined && { variant: request.variant }),
    scorers: request.scorers.map(({ type }) => tally(type, results)),
    results: request.items.flatMap(({ id, inputs, expected }) => {
      const result = byId.get(id);
      return result
        ? [{ ...result, inputs, ...(expected !== undefined && { expected }) }]
        : [];
    }),
  };
}

function tally(
  type: string,
  results: readonly ItemResult[],
): z.output<typeof byScorer> {
  const scores = results.flatMap(result =>
    result.scores.filter(({ scorer }) => scorer === type),
  );
  const count = (passed: boolean | null) =>
    scores.filter(score => score.passed === passed).length;
  const marks = scores.flatMap(({ mark }) => mark ?? []);
  return {
    scorer: type,
    passed: count(true),
    failed: count(false),
    undecided: count(null),
    ...(marks.length > 0 && {
      mean_mark:
        Math.round(
          (marks.reduce((sum, mark) => sum + mark, 0) / marks.length) * 100,
        ) / 100,
    }),
  };
}
