import type { FastifyInstance } from 'fastify';
import type { RequestTrace, Tracing } from '../telemetry';
import { isQuiet, type RequestFacts } from './requestFacts';
import type { RequestLines } from './RequestLines';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the request's log line says beside the usual. */
    facts: RequestFacts;
    /** Its trace: ids to pass on, and spans where they are recorded. */
    trace: RequestTrace;
    /** The W3C header for whatever is called to answer it. */
    readonly traceparent: string;
  }
}

/** The trace of a request. @public */
export function traceOf(request: { trace: RequestTrace }): RequestTrace {
  return request.trace;
}

/**
 * The trace of each request, and one line when its response is over, whether
 * it ended, was hijacked or the client left.
 *
 * @public
 */
export function addRequestLog(
  app: FastifyInstance,
  parts: { lines: RequestLines; tracing: Tracing },
): void {
  const { lines, tracing } = parts;
  app.decorateRequest('facts');
  app.decorateRequest('trace');
  app.decorateRequest('traceparent', {
    getter() {
      return this.trace.traceparent;
    },
  });
  app.addHook('onRequest', (request, reply, done) => {
    const startedAt = performance.now();
    const route = request.routeOptions.url ?? 'unmatched';
    const trace = tracing.begin({
      headers: request.headers,
      method: request.method,
      route,
      quiet: isQuiet(route),
    });
    request.trace = trace;
    const facts: RequestFacts = { trace_id: trace.traceId };
    request.facts = facts;
    reply.raw.once('close', () => {
      const finished = reply.raw.writableFinished;
      const durationMs = performance.now() - startedAt;
      const status = reply.raw.headersSent ? reply.raw.statusCode : undefined;
      // Whoever else listens for the end may still add facts.
      setImmediate(() => {
        lines.write({
          id: request.id,
          method: request.method,
          route,
          status,
          durationMs,
          finished,
          facts,
        });
        trace.end({ status, route, error: errorOf(facts, finished) });
      });
    });
    done();
  });
}

/** What a span calls the reason that a request failed. */
export function errorOf(
  facts: RequestFacts,
  finished: boolean,
): string | undefined {
  if (typeof facts.error === 'string') {
    return facts.error;
  }
  return finished ? undefined : 'client_gone';
}
