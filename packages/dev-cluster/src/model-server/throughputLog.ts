import type { Generator } from './engine';
import type { VllmMetrics } from './metrics';
import type { VllmLog } from './startup';

const INTERVAL_SECONDS = 10;

/**
 * vLLM's throughput line every ten seconds, while there is something to say.
 *
 * @returns the function that ends it.
 */
export function logThroughput(
  log: VllmLog,
  generator: Generator,
  metrics: VllmMetrics,
  kvTokens: number,
): () => void {
  let last = { ...metrics.tokens };
  let wasBusy = false;
  const timer = setInterval(() => {
    const current = { ...metrics.tokens };
    const prompt = (current.prompt - last.prompt) / INTERVAL_SECONDS;
    const generated = (current.generated - last.generated) / INTERVAL_SECONDS;
    const busy = prompt > 0 || generated > 0 || generator.running > 0;
    if (busy || wasBusy) {
      log.info(
        'APIServer',
        'loggers.py:127',
        `Engine 000: Avg prompt throughput: ${prompt.toFixed(
          1,
        )} tokens/s, Avg generation throughput: ${generated.toFixed(
          1,
        )} tokens/s, Running: ${generator.running} reqs, Waiting: ${
          generator.waiting
        } reqs, GPU KV cache usage: ${(
          (100 * generator.kvTokens) /
          Math.max(1, kvTokens)
        ).toFixed(1)}%, Prefix cache hit rate: 0.0%`,
      );
    }
    wasBusy = busy;
    last = current;
  }, INTERVAL_SECONDS * 1000);
  timer.unref();
  return () => clearInterval(timer);
}
