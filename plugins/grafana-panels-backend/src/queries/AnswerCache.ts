import { LRUCache } from 'lru-cache';

const MAX_BYTES = 128 * 1024 * 1024;
const MIN_MS = 1_000;
const MAX_MS = 5 * 60_000;

/** An answer with what it weighs in memory. */
export interface Weighed {
  bytes: number;
}

/**
 * Answers by what was asked. The same question is asked once, however many wait for it, and its answer kept for its step.
 * Time is a clock that only runs forward, so a change of the machine's time keeps nothing too long. Failures are not kept.
 */
export class AnswerCache<T extends Weighed> {
  readonly #answers: LRUCache<string, T>;
  readonly #running = new Map<string, Promise<T>>();

  constructor(options: { now?: () => number } = {}) {
    this.#answers = new LRUCache<string, T>({
      maxSize: MAX_BYTES,
      sizeCalculation: ({ bytes }, key) => bytes + key.length + 1,
      ...(options.now && { perf: { now: options.now }, ttlResolution: 0 }),
    });
  }

  async get(
    key: string,
    options: { forSeconds: number; ask: () => Promise<T> },
  ): Promise<T> {
    const known = this.#answers.get(key);
    if (known) {
      return known;
    }
    const running = this.#running.get(key);
    if (running) {
      return running;
    }
    const asked = options.ask();
    this.#running.set(key, asked);
    try {
      const answer = await asked;
      this.#answers.set(key, answer, {
        ttl: Math.min(MAX_MS, Math.max(MIN_MS, options.forSeconds * 1_000)),
      });
      return answer;
    } finally {
      this.#running.delete(key);
    }
  }
}
