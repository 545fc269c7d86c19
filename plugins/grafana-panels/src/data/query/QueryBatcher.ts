import type {
  DataSourceRef,
  PanelQuery,
  QueryResult,
} from '@llm-platform/plugin-grafana-panels-common';
import type { GrafanaPanelsApi } from '../api';
import type { TimeRangeMs } from '../types';

/** Few enough that a slow query holds up few others, many enough for the browser's six connections. */
const BATCH = 10;

/** One query with where and when it is asked. */
export interface Question {
  dataSource: DataSourceRef;
  range: TimeRangeMs;
  query: Omit<PanelQuery, 'refId'>;
}

/** The answer, and when the data was read (Unix milliseconds). */
export type QuestionAnswer = QueryResult & { asOf: number };

interface Waiting {
  question: Question;
  signals: Array<AbortSignal | undefined>;
  resolve: (answer: QuestionAnswer) => void;
  reject: (error: unknown) => void;
}

/**
 * Collects the queries of all panels that are asked at the same moment: same questions once, and several in one request.
 */
export class QueryBatcher {
  readonly #api: GrafanaPanelsApi;
  #waiting = new Map<
    string,
    { entry: Waiting; answer: Promise<QuestionAnswer> }
  >();
  #scheduled = false;

  constructor(api: GrafanaPanelsApi) {
    this.#api = api;
  }

  /** @throws what the request throws; a query that failed is in the answer's `error` */
  ask(question: Question, signal?: AbortSignal): Promise<QuestionAnswer> {
    const key = JSON.stringify(question);
    const known = this.#waiting.get(key);
    if (known) {
      known.entry.signals.push(signal);
      return known.answer;
    }
    let entry: Waiting | undefined;
    const answer = new Promise<QuestionAnswer>((resolve, reject) => {
      entry = { question, signals: [signal], resolve, reject };
    });
    if (entry) {
      this.#waiting.set(key, { entry, answer });
    }
    if (!this.#scheduled) {
      this.#scheduled = true;
      // After the effects of all panels that are drawn now.
      setTimeout(() => this.#flush(), 0);
    }
    return answer;
  }

  #flush(): void {
    this.#scheduled = false;
    const waiting = [...this.#waiting.values()].map(({ entry }) => entry);
    this.#waiting = new Map();
    const groups = new Map<string, Waiting[]>();
    for (const entry of waiting) {
      const { dataSource, range } = entry.question;
      const key = JSON.stringify([dataSource, range]);
      groups.set(key, [...(groups.get(key) ?? []), entry]);
    }
    for (const group of groups.values()) {
      for (let start = 0; start < group.length; start += BATCH) {
        void this.#send(group.slice(start, start + BATCH));
      }
    }
  }

  async #send(entries: Waiting[]): Promise<void> {
    const [{ question }] = entries;
    const stop = stopWhenAllStop(entries.flatMap(({ signals }) => signals));
    try {
      const { results, asOf } = await this.#api.query(
        {
          dataSource: question.dataSource,
          from: question.range.from,
          to: question.range.to,
          queries: entries.map((entry, index) => ({
            ...entry.question.query,
            refId: String(index),
          })),
        },
        { signal: stop.signal },
      );
      const byRefId = new Map(results.map(result => [result.refId, result]));
      entries.forEach((entry, index) => {
        const result = byRefId.get(String(index));
        entry.resolve({
          ...(result ?? {
            refId: String(index),
            error: {
              code: 'upstream_error',
              message: 'The portal gave no answer to this query.',
            },
          }),
          asOf,
        });
      });
    } catch (error) {
      entries.forEach(entry => entry.reject(error));
    } finally {
      stop.done();
    }
  }
}

/** Aborts when nobody waits any more; who gave no signal waits to the end. */
function stopWhenAllStop(signals: Array<AbortSignal | undefined>): {
  signal: AbortSignal;
  done: () => void;
} {
  const controller = new AbortController();
  const check = () => {
    if (signals.every(signal => signal?.aborted)) {
      controller.abort();
    }
  };
  signals.forEach(signal => signal?.addEventListener('abort', check));
  check();
  return {
    signal: controller.signal,
    done: () =>
      signals.forEach(signal => signal?.removeEventListener('abort', check)),
  };
}
