import type { ChatEvent } from '../api';
import type { Figures } from './types';

/** Measures one answer as it arrives in the browser. */
export class FigureMeter {
  readonly #now: () => number;
  readonly #startedAt: number;
  #firstAt: number | undefined;
  #lastAt: number | undefined;
  #figures: Figures = {};

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#startedAt = now();
  }

  feed(event: ChatEvent): void {
    if (event.type === 'delta') {
      this.#lastAt = this.#now();
      this.#firstAt ??= this.#lastAt;
    } else if (event.type === 'open') {
      this.#figures.requestId = event.requestId;
    } else if (event.type === 'finish') {
      this.#figures.finishReason = event.reason;
    } else if (event.type === 'usage') {
      this.#figures.promptTokens = event.promptTokens;
      this.#figures.completionTokens = event.completionTokens;
    }
  }

  figures(): Figures {
    const { completionTokens } = this.#figures;
    const decoding =
      this.#firstAt !== undefined && this.#lastAt !== undefined
        ? this.#lastAt - this.#firstAt
        : 0;
    return {
      ...this.#figures,
      totalMs: Math.round(this.#now() - this.#startedAt),
      timeToFirstTokenMs:
        this.#firstAt === undefined
          ? undefined
          : Math.round(this.#firstAt - this.#startedAt),
      // The first token is paid for by the time to it: the rate is of those after it
      tokensPerSecond:
        completionTokens !== undefined && completionTokens > 1 && decoding > 0
          ? ((completionTokens - 1) * 1000) / decoding
          : undefined,
    };
  }
}

/** `412 ms to first token`, `77 tok/s`, `23 in / 118 out`; only what is known. */
export function describeFigures(figures: Figures): string[] {
  const parts: string[] = [];
  const { timeToFirstTokenMs: first, tokensPerSecond: rate } = figures;
  if (first !== undefined) {
    parts.push(
      `${
        first < 10_000 ? `${first} ms` : `${(first / 1000).toFixed(1)} s`
      } to first token`,
    );
  }
  if (rate !== undefined) {
    parts.push(`${rate < 10 ? rate.toFixed(1) : Math.round(rate)} tok/s`);
  }
  if (
    figures.promptTokens !== undefined &&
    figures.completionTokens !== undefined
  ) {
    parts.push(`${figures.promptTokens} in / ${figures.completionTokens} out`);
  }
  if (figures.finishReason) {
    parts.push(
      figures.finishReason === 'length'
        ? 'length: max tokens reached'
        : figures.finishReason,
    );
  }
  return parts;
}
