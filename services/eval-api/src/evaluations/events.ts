import type { EvaluationRunner } from '../runner';
import type { EvaluationStore } from '../store';
import { isOver, type ItemResult } from './records';

/** The id of the last event of every stream. */
export const END = 'end';

/** So that nothing in between takes a quiet connection for a dead one. */
const HEARTBEAT_MS = 15_000;

function event(id: number | string, name: string, data: object): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function resultEvent(
  { id, passed, latency_ms: latencyMs, error }: ItemResult,
  done: number,
  total: number,
): string {
  return event(done, 'result', {
    item: id,
    passed,
    ...(latencyMs !== undefined && { latency_ms: latencyMs }),
    ...(error && { error: error.error }),
    done,
    total,
  });
}

/**
 * The events of an evaluation after the first `after` results, as text: one
 * `result` each, numbered in the order in which they came, and `end` with the
 * summary. Which number a result has is the same after a restart.
 */
export async function* eventsOf(
  id: string,
  after: number,
  parts: {
    store: EvaluationStore;
    runner: EvaluationRunner;
    signal: AbortSignal;
  },
): AsyncGenerator<string> {
  const { store, runner, signal } = parts;
  let cursor = after;
  while (!signal.aborted) {
    // Both before the results are read, so that none can come unnoticed.
    const version = runner.changes.versionOf(id);
    const { status, counts } = store.get(id);
    const results = runner.liveResultsOf(id) ?? (await store.resultsOf(id));
    for (; cursor < results.length; cursor += 1) {
      yield resultEvent(results[cursor], cursor + 1, counts.total);
    }
    if (isOver(status)) {
      yield event(END, 'end', store.get(id));
      return;
    }
    const changed = await runner.changes.next(id, version, {
      signal,
      timeoutMs: HEARTBEAT_MS,
    });
    if (!changed && !signal.aborted) {
      yield ': still here\n\n';
    }
  }
}
