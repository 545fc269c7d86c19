import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Tracing } from '../telemetry';
import { answerProblem } from './answerProblem';
import { DirectRequest } from './DirectRequest';
import type { ServiceLogger } from './logger';
import { receiveBody } from './receiveBody';
import { errorOf } from './requestLog';
import type { RequestLines } from './RequestLines';
import { toServiceError } from './toServiceError';

/**
 * A route on `node:http`. `begin` says who asks and whatever else is known of
 * the request; the other functions are given it.
 *
 * @public
 */
export interface DirectRoute<Context = unknown> {
  /** Before the body is read. What it throws is the answer. */
  begin(request: DirectRequest): Context | Promise<Context>;
  /**
   * Answers on `request.response`, and settles when it will not write any
   * more. What it throws before anything was sent is the answer.
   */
  handle(request: DirectRequest, context: Context): void | Promise<void>;
  /**
   * When the response is over, before the request's line is written. `context`
   * is undefined where `begin` threw, `status` where nothing was answered.
   */
  onDone?(
    request: DirectRequest,
    context: Context | undefined,
    status: number | undefined,
  ): void;
}

/**
 * POST routes that are served by `node:http` alone, beside Fastify's: for the
 * few paths where the cost of a request counts. They have the same request
 * id, log line, trace and error shape.
 */
export class DirectRoutes {
  private readonly routes = new Map<string, (request: DirectRequest) => void>();
  private closing = false;

  constructor(
    private readonly parts: {
      logger: ServiceLogger;
      lines: RequestLines;
      tracing: Tracing;
      bodyLimit: number;
    },
  ) {}

  add<Context>(path: string, route: DirectRoute<Context>): void {
    this.routes.set(path, request => this.serve(request, route));
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
    const serve = this.routes.get(path);
    if (!serve) {
      return false;
    }
    if (this.closing) {
      response.shouldKeepAlive = false;
    }
    serve(new DirectRequest(request, response, path, this.parts.tracing));
    return true;
  }

  private serve<Context>(
    request: DirectRequest,
    route: DirectRoute<Context>,
  ): void {
    const { response } = request;
    let context: Context | undefined;
    let settled = false;
    let closed = false;
    const finish = () => {
      route.onDone?.(
        request,
        context,
        response.headersSent ? response.statusCode : undefined,
      );
      this.finish(request);
    };
    response.on('close', () => {
      closed = true;
      if (settled) {
        finish();
      }
    });
    // A write that comes after the client left is nobody's fault.
    response.on('error', () => {});

    const run = async () => {
      try {
        const begun = route.begin(request);
        context = begun instanceof Promise ? await begun : begun;
        request.body = await receiveBody(request.raw, this.parts.bodyLimit);
        await route.handle(request, context);
      } catch (error) {
        this.answerError(request, error);
      }
      settled = true;
      if (closed) {
        finish();
      }
    };
    run();
  }

  private answerError(request: DirectRequest, error: unknown): void {
    const problem = toServiceError(error);
    request.facts.error = problem.code;
    if (problem.status === 500) {
      this.parts.logger.error(
        { request_id: request.id, err: problem.cause ?? problem },
        'request failed',
      );
    }
    try {
      answerProblem(request.raw, request.response, problem, request.id);
    } catch (cause) {
      // Such as a header that can't be sent. Nobody else would catch it, and
      // one request must not end the process.
      this.parts.logger.error(
        { request_id: request.id, err: cause },
        'the error could not be answered',
      );
      request.response.destroy();
    }
  }

  private finish(request: DirectRequest): void {
    const { response, facts } = request;
    const status = response.headersSent ? response.statusCode : undefined;
    const finished = response.writableFinished;
    this.parts.lines.write({
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
