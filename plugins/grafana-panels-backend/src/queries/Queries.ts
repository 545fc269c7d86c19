import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type {
  LabelRequest,
  LabelResponse,
  PanelQuery,
  QueryRequest,
  QueryResponse,
  QueryResult,
} from '@llm-platform/plugin-grafana-panels-common';
import type { QueryLimits } from '../config';
import type { DataSource, DataSources } from '../dataSources';
import { QueryFailure } from '../failures';
import type { QueryAnswer } from '../prometheus';
import type { Viewer } from '../viewers';
import { AnswerCache } from './AnswerCache';
import { readChoices, type Choices } from './choices';
import { expressionFor, selectorsFor } from './scope';
import { Turns } from './Turns';
import { alignMoment, alignWindow } from './window';
import { PointAllowance } from './PointAllowance';

const DAY_MS = 24 * 3_600_000;
const METRIC_NAME = '__name__';
/** Of a list to choose from. */
const MAX_CHOICES = 10_000;
/** As many as Prometheus works on at once by default. */
const CONCURRENT_PER_SOURCE = 20;
/** Lists to choose from hardly change. */
const CHOICES_STEP_SECONDS = 30;
/** Where one value is asked for instead of a series, it is one of now: a range's step must not make it older than this. */
const MAX_AGE_SECONDS = 15;

/** What Prometheus said, and when. */
type Answer = QueryAnswer & { readAt: number };

/** Asks data sources for viewers: within the limits, each question once, only of the viewer's teams. */
export class Queries {
  readonly #sources: DataSources;
  readonly #limits: QueryLimits;
  readonly #logger: LoggerService;
  readonly #answers = new AnswerCache<Answer>();
  readonly #choices = new AnswerCache<Choices>();
  readonly #people: Turns;
  readonly #upstreams = new Turns(CONCURRENT_PER_SOURCE);

  constructor(options: {
    sources: DataSources;
    limits: QueryLimits;
    logger: LoggerService;
  }) {
    this.#sources = options.sources;
    this.#limits = options.limits;
    this.#logger = options.logger;
    this.#people = new Turns(options.limits.concurrentPerPerson);
  }

  /** One result for each query, in their order. A query that fails doesn't take the others with it. */
  async query(
    viewer: Viewer,
    request: QueryRequest,
    options: { signal: AbortSignal },
  ): Promise<QueryResponse> {
    const readAt: number[] = [];
    const allowance = new PointAllowance(this.#limits.points);
    const results = await this.#withSource(request, async source =>
      Promise.all(
        request.queries.map(async (query): Promise<QueryResult> => {
          const { result, at } = await this.#answer(viewer, source, {
            ...request,
            ...options,
            query,
          });
          readAt.push(at);
          return allowance.take(result);
        }),
      ),
    );
    return {
      results:
        results instanceof QueryFailure
          ? request.queries.map(({ refId }) => ({
              refId,
              error: results.toJSON(),
            }))
          : results,
      asOf: Math.min(Date.now(), ...readAt),
    };
  }

  /** Throws a QueryFailure. */
  async choices(
    viewer: Viewer,
    request: LabelRequest,
    options: { signal: AbortSignal },
  ): Promise<LabelResponse> {
    this.#checkRange(request);
    const source = await this.#sources.resolve(request.dataSource);
    const match = selectorsFor(viewer, source, request.match ?? []);
    const start = alignMoment(request.from, CHOICES_STEP_SECONDS).start;
    const { end } = alignMoment(request.to, CHOICES_STEP_SECONDS);
    const { kind } = request;
    const label = kind === 'metrics' ? METRIC_NAME : request.label ?? '';
    const { bytes: _bytes, ...answer } = await this.#inTurn(
      viewer,
      options.signal,
      leaves =>
        this.#choices.get(
          JSON.stringify([source.key, kind, label, match, start, end]),
          {
            forSeconds: CHOICES_STEP_SECONDS,
            signal: leaves,
            ask: nobody =>
              this.#upstream(source, nobody, signal =>
                readChoices(source, {
                  kind,
                  label,
                  lookup: { match, start, end, limit: MAX_CHOICES },
                  call: { signal, maxBytes: this.#limits.responseBytes },
                }),
              ),
          },
        ),
    );
    return answer;
  }

  async #withSource(
    request: QueryRequest,
    work: (source: DataSource) => Promise<QueryResult[]>,
  ): Promise<QueryResult[] | QueryFailure> {
    try {
      this.#checkRange(request);
      return await work(await this.#sources.resolve(request.dataSource));
    } catch (error) {
      if (error instanceof QueryFailure) {
        return error;
      }
      throw error;
    }
  }

  async #answer(
    viewer: Viewer,
    source: DataSource,
    asked: {
      query: PanelQuery;
      from: number;
      to: number;
      signal: AbortSignal;
    },
  ): Promise<{ result: QueryResult; at: number }> {
    const { refId, instant = false, stepSeconds } = asked.query;
    let executedExpr: string | undefined;
    try {
      executedExpr = expressionFor(viewer, source, asked.query.expr);
      const window = instant
        ? alignMoment(asked.to, Math.min(stepSeconds, MAX_AGE_SECONDS))
        : alignWindow({ ...asked, stepSeconds });
      const answer = await this.#ask(
        viewer,
        source,
        {
          expr: executedExpr,
          instant,
          ...window,
        },
        asked.signal,
      );
      return {
        at: answer.readAt,
        result: {
          refId,
          series: answer.series,
          stepSeconds: window.step,
          executedExpr,
          ...(answer.warnings.length > 0 && { warnings: answer.warnings }),
        },
      };
    } catch (error) {
      return {
        at: Date.now(),
        result: {
          refId,
          executedExpr,
          error: this.#failure(error).toJSON(),
        },
      };
    }
  }

  #ask(
    viewer: Viewer,
    source: DataSource,
    query: Parameters<DataSource['api']['query']>[0],
    left: AbortSignal,
  ): Promise<Answer> {
    // The viewer's teams are in the expression: who may see the same shares the answer
    const key = JSON.stringify([source.key, query]);
    return this.#inTurn(viewer, left, leaves =>
      this.#answers.get(key, {
        forSeconds: query.step,
        signal: leaves,
        ask: nobody =>
          this.#upstream(source, nobody, async signal => ({
            ...(await source.api.query(query, {
              signal,
              limits: this.#limits,
              maxBytes: this.#limits.responseBytes,
              timeoutSeconds: this.#limits.timeoutSeconds,
            })),
            readAt: Date.now(),
          })),
      }),
    );
  }

  /**
   * Waits for the person's turn and for the work, within the time limit. What the work asks for others as well goes on for
   * them. Throws a QueryFailure when the time is over.
   */
  async #inTurn<T>(
    { user }: Viewer,
    left: AbortSignal,
    work: (leaves: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { timeoutSeconds } = this.#limits;
    const timeout = AbortSignal.timeout(timeoutSeconds * 1_000);
    const leaves = AbortSignal.any([left, timeout]);
    try {
      return await this.#people.take(user, () => work(leaves));
    } catch (error) {
      if (leaves.aborted && !(error instanceof QueryFailure)) {
        throw new QueryFailure(
          'timeout',
          `There was no answer within ${timeoutSeconds} seconds. Choose a shorter range or a simpler query, or try again later.`,
        );
      }
      throw error;
    }
  }

  /** Ends also when somebody still waits, who came later: the next one asks anew. */
  #upstream<T>(
    source: DataSource,
    nobodyWaits: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const signal = AbortSignal.any([
      nobodyWaits,
      AbortSignal.timeout(this.#limits.timeoutSeconds * 1_000),
    ]);
    return this.#upstreams.take(source.key, () => work(signal));
  }

  #checkRange({ from, to }: { from: number; to: number }): void {
    const { rangeDays } = this.#limits;
    if (to - from > rangeDays * DAY_MS) {
      throw new QueryFailure(
        'too_large',
        `The time range is longer than ${rangeDays} days. Choose a shorter one.`,
      );
    }
  }

  #failure(error: unknown): QueryFailure {
    if (error instanceof QueryFailure) {
      return error;
    }
    this.#logger.error('A panel query failed', toError(error));
    return new QueryFailure(
      'upstream_error',
      'The query failed for a reason that the portal does not know; its log says more.',
    );
  }
}
