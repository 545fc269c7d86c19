import { setTimeout as sleep } from 'node:timers/promises';
import type { GeneratedToken, GenerateRequest, TextEngine } from './textEngine';

/** Time, so that tests need none. */
export interface Clock {
  /** Seconds. */
  now(): number;
  sleep(seconds: number, signal: AbortSignal): Promise<void>;
}

const REAL: Clock = {
  now: () => performance.now() / 1000,
  sleep: (seconds, signal) =>
    sleep(seconds * 1000, undefined, { signal }).catch(() => undefined),
};

/**
 * The same engine, no faster than so many tokens a second in each request.
 */
export function pacedTextEngine(
  engine: TextEngine,
  tokensPerSecond: number,
  clock: Clock = REAL,
): TextEngine {
  async function* generate(request: GenerateRequest) {
    const tokens = engine.generate(request);
    let due = clock.now();
    try {
      for (;;) {
        const next = await tokens.next();
        if (next.done) {
          return next.value;
        }
        due = Math.max(due + 1 / tokensPerSecond, clock.now());
        const early = due - clock.now();
        if (early > 0) {
          await clock.sleep(early, request.signal);
        }
        yield next.value as GeneratedToken;
      }
    } finally {
      await tokens.return({ reason: 'stop' });
    }
  }
  return {
    name: engine.name,
    unavailable: engine.unavailable,
    contextSize: engine.contextSize,
    parallel: engine.parallel,
    vocabularySize: engine.vocabularySize,
    tokenize: segments => engine.tokenize(segments),
    detokenize: tokens => engine.detokenize(tokens),
    generate,
    dispose: () => engine.dispose(),
  };
}
