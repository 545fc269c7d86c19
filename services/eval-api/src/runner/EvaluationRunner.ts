import {
  ServiceError,
  type ModelClient,
  type ServiceLogger,
  type Tracing,
} from '@llm-platform/service-kit';
import {
  addTo,
  isOver,
  type ItemResult,
  type Summary,
} from '../evaluations/records';
import { RegexMatcher } from '../scoring';
import type { EvaluationStore, StoredRequest } from '../store';
import { Changes } from './Changes';
import { evaluateItem } from './evaluateItem';

export interface RunnerOptions {
  store: EvaluationStore;
  model: Pick<ModelClient, 'invoke'>;
  tracing: Tracing;
  logger: ServiceLogger;
  /** Items that are asked at the same time. */
  concurrency: number;
  /** How long to wait before each further try of an item that found no model, in ms. */
  retryDelaysMs?: readonly number[];
}

/** Together twenty seconds: a replica that is replaced. */
const RETRY_DELAYS_MS = [1000, 4000, 15_000];
const MOST_WAITING = 20;

interface Run {
  id: string;
  abort: AbortController;
  /** In the order in which they came, which is the order in the store. */
  results: ItemResult[];
}

/**
 * Runs evaluations one after the other, each with a bounded number of items at
 * once. What a restart interrupts goes on where it was: results that were kept
 * are not asked for again.
 */
export class EvaluationRunner {
  readonly changes = new Changes();
  private readonly queue: string[] = [];
  private readonly matcher = new RegexMatcher();
  private running: Run | undefined;
  private loop: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly options: RunnerOptions) {
    const unfinished = options.store
      .list()
      .filter(({ status }) => !isOver(status))
      .reverse();
    this.queue.push(...unfinished.map(({ id }) => id));
    this.work();
  }

  /** @throws ServiceError `too_many_evaluations` */
  async create(stored: StoredRequest): Promise<Summary> {
    if (this.queue.length >= MOST_WAITING) {
      throw new ServiceError(
        'too_many_evaluations',
        `${MOST_WAITING} evaluations wait already.`,
        { headers: { 'retry-after': '30' } },
      );
    }
    const summary = await this.options.store.create(stored);
    this.queue.push(summary.id);
    this.work();
    return summary;
  }

  /** Results of the evaluation that runs; undefined where it is another. */
  liveResultsOf(id: string): readonly ItemResult[] | undefined {
    return this.running?.id === id ? this.running.results : undefined;
  }

  /** Ends one that isn't over; what it has so far stays. */
  async cancel(id: string): Promise<Summary> {
    const { store } = this.options;
    const summary = store.get(id);
    if (isOver(summary.status)) {
      return summary;
    }
    const at = this.queue.indexOf(id);
    if (at >= 0) {
      this.queue.splice(at, 1);
    }
    await this.finish(id, { status: 'cancelled' });
    if (this.running?.id === id) {
      this.running.abort.abort();
    }
    return store.get(id);
  }

  /** Stops at once; what ran goes on after the next start. */
  async close(): Promise<void> {
    this.closed = true;
    this.running?.abort.abort();
    await this.loop;
    await this.matcher.close();
  }

  private work(): void {
    this.loop ??= this.runAll().finally(() => {
      this.loop = undefined;
    });
  }

  private async runAll(): Promise<void> {
    while (!this.closed) {
      const id = this.queue.shift();
      if (id === undefined) {
        return;
      }
      await this.run(id);
    }
  }

  private async run(id: string): Promise<void> {
    const { store, logger } = this.options;
    const run: Run = { id, abort: new AbortController(), results: [] };
    this.running = run;
    try {
      run.results.push(...(await store.resultsOf(id)));
      await this.runItems(run, await store.requestOf(id));
      if (!run.abort.signal.aborted) {
        await this.finish(id, { status: 'completed' });
      }
    } catch (error) {
      logger.error({ err: error, evaluation: id }, 'evaluation failed');
      await this.finish(id, {
        status: 'failed',
        problem:
          'The service could not go on with it; its log has the evaluation id.',
      }).catch(() => {});
    } finally {
      this.running = undefined;
    }
  }

  private async runItems(run: Run, stored: StoredRequest): Promise<void> {
    const { store, model, tracing, logger, concurrency } = this.options;
    const { id, abort, results } = run;
    const { request, traceparent } = stored;
    const trace = tracing.begin({
      headers: { traceparent },
      method: 'RUN',
      route: 'evaluation',
    });
    const log = logger.child({ evaluation: id, trace_id: trace.traceId });
    const counts = { ...store.get(id).counts };
    const done = new Set(results.map(result => result.id));
    const items = request.items
      .map((item, index) => ({ item, index }))
      .filter(({ item }) => !done.has(item.id));
    log.info({ items: items.length }, 'evaluation begins');
    await this.update(id, { status: 'running' });

    // One write after the other: the order of the lines is that of the events.
    let writing = Promise.resolve();
    const record = (result: ItemResult) => {
      writing = writing.then(async () => {
        if (abort.signal.aborted) {
          return;
        }
        await store.append(id, result);
        results.push(result);
        addTo(counts, result);
        store.get(id).counts = { ...counts };
        this.changes.notify(id);
      });
      return writing;
    };
    const worker = async () => {
      for (
        let next = items.shift();
        next && !abort.signal.aborted;
        next = items.shift()
      ) {
        const result = await evaluateItem(next.item, {
          request,
          model,
          matcher: this.matcher,
          retryDelaysMs: this.options.retryDelaysMs ?? RETRY_DELAYS_MS,
          options: {
            correlationId: `${id}-${next.index + 1}`,
            signal: abort.signal,
            trace,
          },
        });
        await record(result);
      }
    };
    let problem: unknown;
    await Promise.all(
      Array.from({ length: Math.min(concurrency, items.length) }, () =>
        worker().catch(error => {
          if (!abort.signal.aborted) {
            problem = error;
            // The others have nothing to work for.
            abort.abort();
          }
        }),
      ),
    );
    trace.end({ status: problem ? 500 : 200, route: 'evaluation' });
    if (problem) {
      throw problem;
    }
    log.info({ ...counts, aborted: abort.signal.aborted }, 'evaluation ends');
  }

  private async finish(
    id: string,
    end: Pick<Summary, 'status' | 'problem'>,
  ): Promise<void> {
    await this.update(id, { ...end, finished_at: new Date().toISOString() });
  }

  private async update(id: string, changed: Partial<Summary>): Promise<void> {
    const { store } = this.options;
    // A cancellation may have come in between; it stays.
    if (isOver(store.get(id).status)) {
      return;
    }
    try {
      await store.update({ ...store.get(id), ...changed });
    } finally {
      this.changes.notify(id);
    }
  }
}
