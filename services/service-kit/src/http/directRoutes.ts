import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Tracing } from '../telemetry';
import { answerProblem } from './answerProblem';
import { DirectRequest } from './DirectRequest';
import type { ServiceLogger } from './logger';
import { receiveBody } from './receiveBody';
import { writeRequestLine } from './requestFacts';
import { errorOf } from './requestLog';
import { toServiceError } from './toServiceError';

/** @public */
export interface DirectRoute {
  /** Before the body is read: who asks, whether the service is ready. What it throws is the answer. */
  begin?(request: DirectRequest): void | Promise<void>;
  /**
   * Answers on `request.response`, and settles when it will not write any
   * more. What it throws before anything was sent is the answer.
   */
  handle(request: DirectRequest): void | Promise<void>;
  /** When the response is over, before the request's line is written; `status` is undefined where nothing was answered. */
  onDone?(request: DirectRequest, status: number | undefined): void;
  /** An error that is about to be answered. */
  onProblem?(request: DirectRequest, code: string): void;
}

/**
 * POST routes that are served by `node:http` alone, beside Fastify's: for the
 * few paths where the cost of a request counts. They have the same request
 * id, log line, trace and error shape.
 */
export class DirectRoutes {
  private readonly routes = new Map<string, DirectRoute>();
  private closing = false;

  constructor(
    private readonly parts: {
      logger: ServiceLogger;
      tracing: Tracing;
      bodyLimit: number;
    },
  ) {}

  add(path: string, route: DirectRoute): void {
    this.routes.set(path, route);
  }

  /** From now on every answer closes its connection. */
  close(): void {
    this.closing = true;
  }

  /** Whether the request is for one of the routes, and so taken care of. */
  take(request: IncomingMessage, response: ServerResponse): boolean {
    if (request.method !== 'POST') {
      return false;
    }
    const url = request.url ?? '';
    const query = url.indexOf('?');
    const path = query < 0 ? url : url.slice(0, query);
    const route = this.routes.get(path);
    if (!route) {
      return false;
    }
    if (this.closing) {
      response.shouldKeepAlive = false;
    }
    this.serve(
      new DirectRequest(request, response, path, this.parts.tracing),
      route,
    );
    return true;
  }

  private serve(request: DirectRequest, route: DirectRoute): void {
    const { response } = request;
    let settled = false;
    let closed = false;
    response.on('close', () => {
      closed = true;
      if (settled) {
        this.finish(request, route);
      }
    });
    // A write that comes after the client left is nobody's fault.
    response.on('error', () => {});
    this.run(request, route)
      .catch(error => this.answerError(request, route, error))
      .then(() => {
        settled = true;
        if (closed) {
          this.finish(request, route);
        }
      });
  }

  private async run(request: DirectRequest, route: DirectRoute): Promise<void> {
    const begun = route.begin?.(request);
    if (begun) {
      await begun;
    }
    request.body = await receiveBody(request.raw, this.parts.bodyLimit);
    await route.handle(request);
  }

  private answerError(
    request: DirectRequest,
    route: DirectRoute,
    error: unknown,
  ): void {
    const problem = toServiceError(error);
    request.facts.error = problem.code;
    if (problem.status === 500) {
      this.parts.logger.error(
        { request_id: request.id, err: problem.cause ?? problem },
        'request failed',
      );
    }
    route.onProblem?.(request, problem.code);
    answerProblem(request.raw, request.response, problem, request.id);
  }

  private finish(request: DirectRequest, route: DirectRoute): void {
    const { response, facts } = request;
    const status = response.headersSent ? response.statusCode : undefined;
    const finished = response.writableFinished;
    route.onDone?.(request, status);
    writeRequestLine(this.parts.logger, {
      id: request.id,
      method: request.raw.method ?? '',
      route: request.route,
      status,
      durationMs: performance.now() - request.startedAt,
      finished,
      facts,
    });
    request.trace.end({
      status,
      route: request.route,
      error: errorOf(facts, finished),
    });
  }
}
