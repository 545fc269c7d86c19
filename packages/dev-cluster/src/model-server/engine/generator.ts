import type { FinishedReason, VllmMetrics } from '../metrics';
import { generateFrom } from './opening';
import { Slots } from './slots';
import { StopMatcher } from './stopMatcher';
import type { GenerationEnd, Sampling, TextEngine } from './textEngine';

/** A request that passed validation. */
export interface AnswerRequest {
  promptTokens: readonly number[];
  maxTokens: number;
  sampling: Sampling;
  stop: readonly string[];
  includeStop: boolean;
  /** Tokens that the answer begins with, whatever the model would say. */
  opening?: readonly number[];
}

/** A piece of the answer, and how many tokens it took so far. */
export interface AnswerDelta {
  text: string;
  generatedTokens: number;
}

/** The end of an answer. */
export interface AnswerEnd {
  finishReason: 'stop' | 'length';
  stopReason?: string | number;
  generatedTokens: number;
}

/** Runs requests in the engine's slots and counts what they do. */
export class Generator {
  private readonly slots: Slots;
  private readonly tokensHeld = new Map<symbol, number>();

  constructor(
    private readonly engine: TextEngine,
    parallel: number,
    maxWaiting: number,
    private readonly metrics: VllmMetrics,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {
    this.slots = new Slots(parallel, maxWaiting);
  }

  get running(): number {
    return this.slots.running;
  }

  get waiting(): number {
    return this.slots.waiting;
  }

  /** Tokens that running requests hold in the KV cache. */
  get kvTokens(): number {
    return [...this.tokensHeld.values()].reduce((sum, held) => sum + held, 0);
  }

  /**
   * The answer, piece by piece. Ends early, freeing its slot, when the signal
   * aborts or the consumer stops reading.
   */
  async *answer(
    request: AnswerRequest,
    signal: AbortSignal,
  ): AsyncGenerator<AnswerDelta, AnswerEnd, void> {
    const arrived = this.now();
    const id = Symbol('request');
    const promptTokens = request.promptTokens.length;
    const release = await this.slots.acquire(signal);
    const started = this.now();
    let firstAt: number | undefined;
    let lastAt = started;
    let generatedTokens = 0;
    let reason: FinishedReason = 'abort';
    const matcher = new StopMatcher(request.stop, request.includeStop);
    try {
      if (!release) {
        return { finishReason: 'stop', generatedTokens };
      }
      this.tokensHeld.set(id, promptTokens);
      const { opening = [], ...generation } = request;
      const tokens = generateFrom(this.engine, opening, {
        ...generation,
        signal,
      });
      let end: GenerationEnd | undefined;
      try {
        for (;;) {
          const next = await tokens.next();
          if (next.done) {
            end = next.value;
            break;
          }
          const at = this.now();
          generatedTokens += 1;
          if (firstAt === undefined) {
            firstAt = at;
            this.metrics.firstToken(promptTokens, at - arrived);
          } else {
            this.metrics.nextToken(at - lastAt);
          }
          lastAt = at;
          this.tokensHeld.set(id, promptTokens + generatedTokens);
          const text =
            generatedTokens > request.sampling.minTokens
              ? matcher.push(next.value.text)
              : next.value.text;
          if (matcher.stop !== undefined) {
            yield { text, generatedTokens };
            reason = 'stop';
            return {
              finishReason: 'stop',
              stopReason: matcher.stop,
              generatedTokens,
            };
          }
          yield { text, generatedTokens };
        }
      } finally {
        await tokens.return(end ?? { reason: 'stop' });
      }
      const rest = matcher.flush();
      if (rest) {
        yield { text: rest, generatedTokens };
      }
      reason = signal.aborted ? 'abort' : end.reason;
      return {
        finishReason: end.reason,
        stopReason: end.stopTokenId,
        generatedTokens,
      };
    } finally {
      this.tokensHeld.delete(id);
      release?.();
      const total = this.now() - arrived;
      this.metrics.finished({
        reason,
        promptTokens,
        generatedTokens,
        maxTokens: request.maxTokens,
        queued: started - arrived,
        prefill: firstAt === undefined ? undefined : firstAt - started,
        decode: firstAt === undefined ? undefined : lastAt - firstAt,
        total,
      });
    }
  }
}
