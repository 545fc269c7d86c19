import { Worker } from 'node:worker_threads';

/** What a pattern found: a match, none, or that it took too long or too much. */
export type MatchOutcome = 'match' | 'no-match' | 'too-expensive';

// In text, so that the bundle stays one file. A pattern is tried in a thread of
// its own, because nothing else can end one that backtracks for years.
const SOURCE = `
const { parentPort } = require('node:worker_threads');
parentPort.on('message', ({ pattern, flags, text }) => {
  let outcome;
  try {
    outcome = new RegExp(pattern, flags).test(text) ? 'match' : 'no-match';
  } catch {
    outcome = 'too-expensive';
  }
  parentPort.postMessage(outcome);
});
`;

/** Enough for any honest pattern on an answer. */
const TIME_LIMIT_MS = 250;
const MEMORY_MB = 32;

interface Attempt {
  pattern: string;
  flags: string;
  text: string;
  resolve(outcome: MatchOutcome): void;
}

/**
 * Tries regular expressions of users on answers of models, one after the
 * other, each for a limited time, without ever holding up this thread.
 */
export class RegexMatcher {
  private worker: Worker | undefined;
  private readonly waiting: Attempt[] = [];
  private current: Attempt | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly timeLimitMs = TIME_LIMIT_MS) {}

  test(pattern: string, flags: string, text: string): Promise<MatchOutcome> {
    return new Promise(resolve => {
      this.waiting.push({ pattern, flags, text, resolve });
      this.next();
    });
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private next(): void {
    if (this.current) {
      return;
    }
    const attempt = this.waiting.shift();
    if (!attempt) {
      return;
    }
    this.current = attempt;
    const { pattern, flags, text } = attempt;
    if (this.worker) {
      this.limit();
    } else {
      this.worker = this.startWorker();
    }
    this.worker.postMessage({ pattern, flags, text });
  }

  private startWorker(): Worker {
    const worker = new Worker(SOURCE, {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    // Starting takes a moment that is not the pattern's.
    worker.once('online', () => this.limit());
    worker.on('message', (outcome: MatchOutcome) => this.finish(outcome));
    worker.on('error', () => this.discard(worker));
    worker.unref();
    return worker;
  }

  private limit(): void {
    const { worker } = this;
    clearTimeout(this.timer);
    if (worker && this.current) {
      this.timer = setTimeout(() => this.discard(worker), this.timeLimitMs);
    }
  }

  /** Ends a worker that is stuck or broken; the next attempt gets a new one. */
  private discard(worker: Worker): void {
    if (this.worker !== worker) {
      return;
    }
    this.worker = undefined;
    worker.removeAllListeners();
    // Its end may come as an error once more.
    worker.on('error', () => {});
    worker.terminate();
    this.finish('too-expensive');
  }

  private finish(outcome: MatchOutcome): void {
    clearTimeout(this.timer);
    const { current } = this;
    this.current = undefined;
    current?.resolve(outcome);
    this.next();
  }
}
