import {
  ServiceError,
  type InvokeOptions,
  type ModelClient,
} from '@llm-platform/service-kit';
import type { Item, Scorer } from '../evaluations/request';
import type { Score } from '../evaluations/records';

const MARK_TOKENS = 16;

function judgePrompt(
  item: Item,
  answer: string,
  criteria: string | undefined,
): string {
  return [
    'You mark the answer to a question with a number from 1 (useless) to 5 (perfect).',
    ...(criteria === undefined ? [] : [`What counts: ${criteria}`]),
    `Question:\n${item.inputs}`,
    ...(item.expected === undefined
      ? []
      : [`Expected answer:\n${item.expected}`]),
    `Answer to mark:\n${answer}`,
    'Reply with the number only.\nMark:',
  ].join('\n\n');
}

/** The mark in what a judge said: the first number, if it is one of 1 to 5. */
export function markIn(text: string): number | undefined {
  const number = /-?\d+(?:\.\d+)?/.exec(text)?.[0];
  const mark = number === undefined ? NaN : Number(number);
  return Number.isInteger(mark) && mark >= 1 && mark <= 5 ? mark : undefined;
}

/** Lets a model mark an answer. A mark that can't be read is unknown, not bad. */
export async function judge(
  model: Pick<ModelClient, 'invoke'>,
  scorer: Extract<Scorer, { type: 'judge' }>,
  item: Item,
  answer: string,
  options: InvokeOptions,
): Promise<Score> {
  try {
    const said = await model.invoke(
      {
        inputs: judgePrompt(item, answer, scorer.criteria),
        parameters: { max_tokens: MARK_TOKENS, temperature: 0 },
      },
      { ...options, variant: scorer.variant },
    );
    const mark = markIn(said.generatedText);
    return mark === undefined
      ? { scorer: 'judge', passed: null, error: 'judge_unreadable' }
      : { scorer: 'judge', passed: mark >= scorer.pass_at, mark };
  } catch (error) {
    if (!(error instanceof ServiceError) || options.signal?.aborted) {
      throw error;
    }
    return { scorer: 'judge', passed: null, error: error.code };
  }
}
