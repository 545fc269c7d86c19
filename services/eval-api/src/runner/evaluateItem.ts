import { setTimeout as sleep } from 'node:timers/promises';
import {
  ServiceError,
  type ErrorCode,
  type InvokeOptions,
  type ModelAnswer,
  type ModelClient,
} from '@llm-platform/service-kit';
import type { ItemResult, Score } from '../evaluations/records';
import type { EvaluationRequest, Item } from '../evaluations/request';
import { judge, passedAll, score, type RegexMatcher } from '../scoring';

/** Longer answers are scored whole, but kept only so far. */
const LONGEST_KEPT = 8000;

/** What passes: the model is starting, being replaced or busy. */
const WORTH_WAITING = new Set<ErrorCode>([
  'upstream_unreachable',
  'model_unavailable',
  'model_starting',
  'rate_limit_exceeded',
]);

/** What evaluating takes beside the item. */
export interface ItemContext {
  request: EvaluationRequest;
  model: Pick<ModelClient, 'invoke'>;
  matcher: RegexMatcher;
  /** How long to wait before each further try of an item that found no model, in ms. */
  retryDelaysMs: readonly number[];
  options: InvokeOptions & { signal: AbortSignal };
}

/**
 * Asks the model and scores its answer. A failure is a result; only an abort
 * rejects.
 */
export async function evaluateItem(
  item: Item,
  context: ItemContext,
): Promise<ItemResult> {
  const { options } = context;
  let answer: ModelAnswer;
  try {
    answer = await ask(item, context);
  } catch (error) {
    options.signal.throwIfAborted();
    if (!(error instanceof ServiceError)) {
      throw error;
    }
    return {
      id: item.id,
      passed: null,
      scores: [],
      error: { error: error.code, message: error.message },
    };
  }
  const scores = await scoresOf(item, answer.generatedText, context);
  return {
    id: item.id,
    passed: passedAll(scores),
    scores,
    generated_text: answer.generatedText.slice(0, LONGEST_KEPT),
    model_version: answer.modelVersion,
    latency_ms: answer.latencyMs,
  };
}

async function ask(item: Item, context: ItemContext): Promise<ModelAnswer> {
  const { request, model, options, retryDelaysMs } = context;
  for (const delay of retryDelaysMs) {
    try {
      return await askOnce();
    } catch (error) {
      if (!(error instanceof ServiceError && WORTH_WAITING.has(error.code))) {
        throw error;
      }
    }
    await sleep(delay, undefined, { signal: options.signal });
  }
  return askOnce();

  function askOnce() {
    return model.invoke(
      {
        inputs: item.inputs,
        parameters: { temperature: 0, ...request.parameters },
      },
      { ...options, variant: request.variant },
    );
  }
}

async function scoresOf(
  item: Item,
  answer: string,
  { request, model, matcher, options }: ItemContext,
): Promise<Score[]> {
  const scores: Score[] = [];
  for (const scorer of request.scorers) {
    scores.push(
      scorer.type === 'judge'
        ? await judge(model, scorer, item, answer, options)
        : await score(scorer, item, answer, matcher),
    );
  }
  return scores;
}
