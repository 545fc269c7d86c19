/** Answers of slow questions, for a while; the same question isn't asked twice at once. Failures aren't remembered. */
export class Remembered<T> {
  readonly #forMs: number;
  readonly #now: () => number;
  #held: { answer: Promise<T>; at: number } | undefined;

  /** `now` in milliseconds of a clock that only runs forward. */
  constructor(forMs: number, now: () => number = () => performance.now()) {
    this.#forMs = forMs;
    this.#now = now;
  }

  get(ask: () => Promise<T>): Promise<T> {
    const held = this.#held;
    if (held && this.#now() - held.at < this.#forMs) {
      return held.answer;
    }
    const fresh = { answer: ask(), at: this.#now() };
    this.#held = fresh;
    fresh.answer.catch(() => {
      if (this.#held === fresh) {
        this.#held = undefined;
      }
    });
    return fresh.answer;
  }
}
