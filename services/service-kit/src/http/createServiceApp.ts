import http from 'node:http';
import type { Socket } from 'node:net';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
} from 'fastify';
import type { Registry } from 'prom-client';
import { ServiceError } from '../errors';
import { addHealthRoutes, type Health } from '../health';
import { addMetricsRoute } from '../metrics';
import { noTracing, type Tracing } from '../telemetry';
import { DirectRoutes, type DirectRoute } from './directRoutes';
import { keepUnsentAnswers } from './idleConnections';
import type { ServiceLogger } from './logger';
import { requestIdOf } from './requestId';
import { RequestLines } from './RequestLines';
import { addRequestLog } from './requestLog';
import { toServiceError } from './toServiceError';

declare module 'fastify' {
  interface FastifyInstance {
    /**
     * Serves POST requests to exactly this path without Fastify: no hook,
     * parser or handler of it is run. For the paths where its cost counts.
     */
    directPost<Context>(path: string, route: DirectRoute<Context>): void;
  }
}

/** @public */
export interface ServiceAppOptions {
  logger: ServiceLogger;
  health: Health;
  /** Served at `/metrics`. Leave it out where that must not be public: see `createMetricsApp`. */
  metrics?: Registry;
  /** Largest request body in bytes. */
  bodyLimit: number;
  /** Longest time a client may take to send a whole request, in ms. */
  requestTimeoutMs: number;
  /** The body of an error; OpenAI's shape unless said otherwise. `path` is the URL's. */
  errorBody?: (
    problem: ServiceError,
    requestId: string,
    path: string,
  ) => object;
  /** What `startTracing` gave; it is stopped with the app. Without it only ids are passed on. */
  tracing?: Tracing;
}

/** Longer than a load balancer's idle time, so that it closes first. */
const KEEP_ALIVE_MS = 75_000;

/** Answers what never became a request: bad HTTP, oversized headers, a client too slow. */
function answerClientError(error: Error & { code?: string }, socket: Socket) {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  let problem = new ServiceError('bad_request', 'This is not valid HTTP.');
  let reason = '400 Bad Request';
  if (error.code === 'HPE_HEADER_OVERFLOW') {
    problem = new ServiceError(
      'headers_too_large',
      'The request headers are too large.',
    );
    reason = '431 Request Header Fields Too Large';
  } else if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    problem = new ServiceError(
      'request_timeout',
      'The request was not received in time.',
    );
    reason = '408 Request Timeout';
  }
  const body = JSON.stringify(problem.toBody());
  socket.end(
    `HTTP/1.1 ${reason}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(
      body,
    )}\r\nconnection: close\r\n\r\n${body}`,
  );
}

/**
 * A Fastify app as every service of the platform has it: request id, one log
 * line per request, OpenAI-shaped errors, health and metrics. It does not
 * listen.
 *
 * @public
 */
export function createServiceApp(options: ServiceAppOptions): FastifyInstance {
  const { logger, health, metrics, bodyLimit, requestTimeoutMs } = options;
  const tracing = options.tracing ?? noTracing;
  const errorBody = options.errorBody ?? (problem => problem.toBody());
  const loggerInstance: FastifyBaseLogger = logger;
  const lines = new RequestLines(logger);
  const direct = new DirectRoutes({ logger, lines, tracing, bodyLimit });
  const app = Fastify({
    loggerInstance,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'request_id',
    }),
    requestIdHeader: false,
    genReqId: request => requestIdOf(request.headers),
    bodyLimit,
    serverFactory: handler =>
      http.createServer(
        {
          requestTimeout: requestTimeoutMs,
          // Node looks every 30 s, whatever the timeout is.
          connectionsCheckingInterval: Math.min(requestTimeoutMs / 2, 10_000),
          keepAliveTimeout: KEEP_ALIVE_MS,
        },
        (request, response) => {
          if (!direct.take(request, response)) {
            handler(request, response);
          }
        },
      ),
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerClientError,
    routerOptions: { maxParamLength: 256 },
  });

  keepUnsentAnswers(app.server);
  app.decorate(
    'directPost',
    <Context>(path: string, route: DirectRoute<Context>) =>
      direct.add(path, route),
  );
  addRequestLog(app, { lines, tracing });
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });

  app.setErrorHandler((error, request, reply) => {
    const problem = toServiceError(error);
    request.facts.error = problem.code;
    if (problem.status === 500) {
      request.log.error({ err: problem.cause ?? problem }, 'request failed');
    }
    if (problem.code === 'request_too_large') {
      // The rest of the body is not wanted on this connection.
      reply.header('connection', 'close');
    }
    return reply
      .code(problem.status)
      .headers(problem.headers)
      .send(errorBody(problem, request.id, request.url));
  });
  app.setNotFoundHandler((request, reply) => {
    const problem = new ServiceError(
      'unknown_url',
      `Unknown request URL: ${request.method} ${
        request.url.split('?')[0]
      }. Please check the URL for typos.`,
    );
    request.facts.error = problem.code;
    return reply
      .code(problem.status)
      .send(errorBody(problem, request.id, request.url));
  });

  // A keep-alive connection that falls idle after closing began would hold it up.
  app.addHook('preClose', done => {
    direct.close();
    const sweep = setInterval(() => app.server.closeIdleConnections(), 100);
    app.server.once('close', () => clearInterval(sweep));
    sweep.unref();
    done();
  });

  app.addHook('onClose', () => tracing.stop());

  addHealthRoutes(app, health);
  if (metrics) {
    addMetricsRoute(app, metrics);
  }
  return app;
}
