import type { FastifyReply } from 'fastify';
import { ServiceError } from '@llm-platform/service-kit';
import type { Endpoint } from '../routes';
import { Balancer } from './Balancer';
import { Exchange, type ExchangeEnd } from './Exchange';
import type { Upstreams } from './Upstreams';
import { findUsage, type Usage } from './usage';

/** @public */
export interface ForwardTimeouts {
  /** Until the first byte of an answer; a long prompt without streaming takes minutes. */
  firstByteMs: number;
  /** Between two chunks of an answer. */
  idleMs: number;
  /** How long a client may take nothing. */
  stallMs: number;
}

/** @public */
export interface ForwardRequest {
  endpoints: readonly Endpoint[];
  path: string;
  headers: Record<string, string>;
  body: Buffer;
  reply: FastifyReply;
  requestId: string;
  expectsDone: boolean;
  /** Whether an endpoint is still one of the route's, asked before a retry. */
  isCurrent(origin: string): boolean;
}

/** @public */
export interface ForwardResult {
  outcome: ExchangeEnd['kind'];
  /** Set where the client is still to be told. */
  error?: ServiceError;
  attempts: number;
  firstByteMs?: number;
  usage?: Usage;
}

const MOST_ATTEMPTS = 3;

/**
 * Passes requests on to a route's endpoints. A request is tried elsewhere only
 * while no endpoint has seen it.
 *
 * @public
 */
export class Forwarder {
  private readonly balancer = new Balancer();
  private readonly running = new Set<Exchange>();

  constructor(
    private readonly upstreams: Upstreams,
    private readonly timeouts: ForwardTimeouts,
  ) {}

  async forward(request: ForwardRequest): Promise<ForwardResult> {
    const startedAt = performance.now();
    const tried = new Set<string>();
    let lastCause: unknown;
    while (tried.size < MOST_ATTEMPTS) {
      const candidates =
        tried.size === 0
          ? request.endpoints
          : request.endpoints.filter(e => request.isCurrent(e.origin));
      const endpoint = this.balancer.pick(candidates, tried);
      if (!endpoint) {
        break;
      }
      tried.add(endpoint.origin);
      const { end, exchange } = await this.attempt(endpoint.origin, request);
      if (end.kind === 'unreachable') {
        lastCause = end.cause;
        continue;
      }
      const usage = findUsage(exchange.tail.text());
      return {
        outcome: end.kind,
        attempts: tried.size,
        ...(end.kind === 'failed' && { error: end.error }),
        ...(exchange.firstByteAt !== undefined && {
          firstByteMs: exchange.firstByteAt - startedAt,
        }),
        ...(usage && { usage }),
      };
    }
    return {
      outcome: 'unreachable',
      attempts: tried.size,
      error: new ServiceError(
        'upstream_unreachable',
        'No replica of the model accepted a connection.',
        { headers: { 'retry-after': '1' }, cause: lastCause },
      ),
    };
  }

  /** Ends everything in flight; each client is told. */
  endAll(): void {
    for (const exchange of this.running) {
      exchange.shutDown();
    }
  }

  private attempt(
    origin: string,
    request: ForwardRequest,
  ): Promise<{ end: ExchangeEnd; exchange: Exchange }> {
    return new Promise(resolve => {
      const { reply } = request;
      const exchange = new Exchange({
        response: reply.raw,
        requestId: request.requestId,
        expectsDone: request.expectsDone,
        stallMs: this.timeouts.stallMs,
        takeOver: () => reply.hijack(),
        onEnd: end => {
          this.running.delete(exchange);
          this.balancer.release(origin);
          if (end.kind === 'client-gone' && !reply.sent) {
            reply.hijack();
          }
          resolve({ end, exchange });
        },
      });
      this.running.add(exchange);
      this.balancer.acquire(origin);
      try {
        this.upstreams.for(origin).dispatch(
          {
            origin,
            path: request.path,
            method: 'POST',
            headers: request.headers,
            body: request.body,
            headersTimeout: this.timeouts.firstByteMs,
            bodyTimeout: this.timeouts.idleMs,
          },
          exchange,
        );
      } catch (error) {
        exchange.onResponseError(undefined, error as Error);
      }
    });
  }
}
