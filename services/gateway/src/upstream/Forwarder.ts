import type { ServerResponse } from 'node:http';
import { ServiceError } from '@llm-platform/service-kit';
import type { Endpoint } from '../routes';
import { Balancer } from './Balancer';
import type { Dialect } from './Dialect';
import { Exchange, type ExchangeEnd, type ForwardTimeouts } from './Exchange';
import type { Outliers } from './Outliers';
import { RetryBudget } from './RetryBudget';
import { Running } from './Running';
import type { Upstreams } from './Upstreams';
import { findUsage, type Usage } from './usage';

/** @public */
export interface ForwardRequest {
  /** The route's ready endpoints, asked before each attempt. */
  endpoints(): readonly Endpoint[];
  /** Name of the route, for the listener. */
  label: string;
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  headers: Record<string, string>;
  body: Buffer;
  response: ServerResponse;
  requestId: string;
  dialect: Dialect;
  expectsDone: boolean;
  hidesUsage: boolean;
  /** Further headers of the answer. */
  answerHeaders: Readonly<Record<string, string>>;
  /** Requests of one key should meet the same endpoint. */
  affinityKey?: string;
  /** When the request began, on `performance.now()`'s clock. */
  startedAt: number;
  /** Called once, right before the response is written to. */
  takeOver(): void;
}

/** @public */
export interface ForwardResult {
  outcome: ExchangeEnd['kind'];
  /** Set where the client is still to be told. */
  error?: ServiceError;
  attempts: number;
  /** The endpoint of the last attempt. */
  origin?: string;
  /** Whether the answer was an event stream. */
  streamed: boolean;
  /** Whether an upstream may have seen the request. */
  seen: boolean;
  /** The upstream's status, 0 where there was none. */
  status: number;
  /** From the request to the first byte of the answer. */
  firstByteMs?: number;
  usage?: Usage;
}

/** What an operator may want to know of forwarding. @public */
export interface ForwardListener {
  onRetry(route: string): void;
  /** One should have been tried again but the budget was spent. */
  onBudgetSpent(route: string): void;
  onEjected(route: string, origin: string, forMs: number): void;
}

/** @public */
export interface ForwarderOptions {
  upstreams: Upstreams;
  timeouts: ForwardTimeouts;
  outliers: Outliers;
  listener: ForwardListener;
}

const MOST_ATTEMPTS = 3;
const ANY = () => true;

/** How often time limits are checked: often enough for the shortest of them. */
function checkEveryMs(timeouts: ForwardTimeouts): number {
  const { connectMs, firstByteMs, idleMs, totalMs } = timeouts;
  const shortest = Math.min(connectMs, firstByteMs, idleMs, totalMs);
  return Math.min(Math.max(shortest / 5, 10), 1000);
}

/**
 * Passes requests on to a route's endpoints. A request is tried elsewhere only
 * while no endpoint has seen it, and only while the retry budget lasts.
 *
 * @public
 */
export class Forwarder {
  private readonly balancer = new Balancer();
  private readonly budget = new RetryBudget();
  private readonly running = new Running<Exchange>();
  private readonly clock: NodeJS.Timeout;

  constructor(private readonly options: ForwarderOptions) {
    // One clock for all, rather than timers for each chunk of each answer.
    this.clock = setInterval(() => {
      const now = performance.now();
      for (const exchange of this.running.all()) {
        exchange.checkTime(now);
      }
    }, checkEveryMs(options.timeouts));
    this.clock.unref();
  }

  /** Settles when the exchange is over; what it returns as `error` the client still has to be told. */
  async forward(request: ForwardRequest): Promise<ForwardResult> {
    const tried = new Set<string>();
    let lastCause: unknown;
    this.budget.countRequest();
    while (tried.size < MOST_ATTEMPTS && !request.response.destroyed) {
      const endpoints = request.endpoints();
      const endpoint = this.pick(endpoints, tried, request.affinityKey);
      if (!endpoint) {
        break;
      }
      if (tried.size > 0) {
        if (!this.budget.takeRetry()) {
          this.options.listener.onBudgetSpent(request.label);
          break;
        }
        this.options.listener.onRetry(request.label);
      }
      tried.add(endpoint.origin);
      const { end, exchange } = await this.attempt(endpoint.origin, request);
      this.judge(endpoint.origin, exchange, endpoints, request.label);
      if (end.kind === 'unreachable') {
        lastCause = end.cause;
        continue;
      }
      return {
        outcome: end.kind,
        error: end.kind === 'failed' ? end.error : undefined,
        attempts: tried.size,
        origin: endpoint.origin,
        streamed: exchange.streamed,
        seen: exchange.seen,
        status: exchange.status,
        firstByteMs:
          exchange.firstByteAt === undefined
            ? undefined
            : exchange.firstByteAt - request.startedAt,
        usage: request.dialect.tellsUsage
          ? findUsage(exchange.tail.text())
          : undefined,
      };
    }
    if (request.response.destroyed) {
      request.takeOver();
      return {
        outcome: 'client-gone',
        attempts: tried.size,
        streamed: false,
        seen: false,
        status: 0,
      };
    }
    return {
      outcome: 'unreachable',
      attempts: tried.size,
      streamed: false,
      seen: false,
      status: 0,
      error: new ServiceError(
        'upstream_unreachable',
        `No replica of the ${request.dialect.noun} accepted a connection.`,
        { headers: { 'retry-after': '1' }, cause: lastCause },
      ),
    };
  }

  /** Ends everything in flight; each client is told. */
  endAll(): void {
    for (const exchange of this.running.all()) {
      exchange.shutDown();
    }
  }

  /** No more requests will come. */
  close(): void {
    clearInterval(this.clock);
  }

  private pick(
    endpoints: readonly Endpoint[],
    tried: ReadonlySet<string>,
    affinityKey: string | undefined,
  ): Endpoint | undefined {
    const ejected = this.options.outliers.ejectedOf(endpoints);
    if (!ejected && tried.size === 0) {
      return this.balancer.pick(endpoints, ANY, affinityKey);
    }
    const untried = (origin: string) => !tried.has(origin);
    return (
      this.balancer.pick(
        endpoints,
        origin => untried(origin) && !ejected?.has(origin),
        affinityKey,
      ) ?? this.balancer.pick(endpoints, untried, affinityKey)
    );
  }

  private judge(
    origin: string,
    exchange: Exchange,
    endpoints: readonly Endpoint[],
    label: string,
  ): void {
    if (exchange.verdict === 'good') {
      this.options.outliers.succeeded(origin);
    } else if (exchange.verdict === 'bad') {
      const forMs = this.options.outliers.failed(origin, endpoints);
      if (forMs !== undefined) {
        this.options.listener.onEjected(label, origin, forMs);
      }
    }
  }

  private attempt(
    origin: string,
    request: ForwardRequest,
  ): Promise<{ end: ExchangeEnd; exchange: Exchange }> {
    return new Promise(resolve => {
      const exchange = new Exchange({
        response: request.response,
        requestId: request.requestId,
        dialect: request.dialect,
        expectsDone: request.expectsDone,
        hidesUsage: request.hidesUsage,
        headers: request.answerHeaders,
        timeouts: this.options.timeouts,
        startedAt: request.startedAt,
        takeOver: () => request.takeOver(),
        onEnd: end => {
          this.running.delete(exchange);
          this.balancer.release(origin);
          if (end.kind === 'client-gone') {
            request.takeOver();
          }
          resolve({ end, exchange });
        },
      });
      this.running.add(exchange);
      this.balancer.acquire(origin);
      try {
        this.options.upstreams.for(origin).dispatch(
          {
            origin,
            path: request.path,
            method: request.method,
            headers: request.headers,
            body: request.body.length > 0 ? request.body : null,
            // The exchange checks its times itself.
            headersTimeout: 0,
            bodyTimeout: 0,
          },
          exchange,
        );
      } catch (error) {
        exchange.onResponseError(undefined, error as Error);
      }
    });
  }
}
