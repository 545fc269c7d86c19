import { LRUCache } from 'lru-cache';

const MAX_BYTES = 128 * 1024 * 1024;
const MIN_MS = 1_000;
const MAX_MS = 5 * 60_000;

/** An answer with what it weighs in memory. */
export interface Weighed {
  bytes: number;
}

/** A question that is being asked, and how many still wait for the answer. */
interface Running<T> {
  answer: Promise<T>;
  waiting: number;
  abort: AbortController;
}

/**
 * Answers by what was asked. The same question is asked once, however many wait for it, and its answer kept for its step;
 * when nobody waits any more it is given up. Time is a clock that only runs forward, so a change of the machine's time keeps
 * nothing too long. Failures are not kept.
 */
export class AnswerCache<T extends Weighed> {
  readonly #answers: LRUCache<string, T>;
  readonly #running = new Map<string, Running<T>>();

  constructor(options: { now?: () => number } = {}) {
    this.#answers = new LRUCache<string, T>({
      maxSize: MAX_BYTES,
      sizeCalculation: ({ bytes }, key) => bytes + key.length + 1,
      ...(options.now && { perf: { now: options.now }, ttlResolution: 0 }),
    });
  }

  /** `signal` says that this caller doesn't wait any more; `ask` gets one that says that nobody does. */
  async get(
    key: string,
    options: {
      forSeconds: number;
      ask: (signal: AbortSignal) => Promise<T>;
      signal: AbortSignal;
    },
  ): Promise<T> {
    const { signal } = options;
    signal.throwIfAborted();
    const known = this.#answers.get(key);
    if (known) {
      return known;
    }
    const running = this.#running.get(key) ?? this.#start(key, options);
    running.waiting += 1;
    let leave = () => {};
    const left = new Promise<never>((_resolve, reject) => {
      leave = () => reject(signal.reason);
    });
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([running.answer, left]);
    } finally {
      signal.removeEventListener('abort', leave);
      running.waiting -= 1;
      if (running.waiting === 0) {
        running.abort.abort();
        this.#forget(key, running);
      }
    }
  }

  #start(
    key: string,
    options: { forSeconds: number; ask: (signal: AbortSignal) => Promise<T> },
  ): Running<T> {
    const abort = new AbortController();
    const answer = options.ask(abort.signal);
    const running = { answer, abort, waiting: 0 };
    this.#running.set(key, running);
    answer.then(
      value => {
        this.#answers.set(key, value, {
          ttl: Math.min(MAX_MS, Math.max(MIN_MS, options.forSeconds * 1_000)),
        });
        this.#forget(key, running);
      },
      () => this.#forget(key, running),
    );
    return running;
  }

  #forget(key: string, running: Running<T>): void {
    if (this.#running.get(key) === running) {
      this.#running.delete(key);
    }
  }
}
