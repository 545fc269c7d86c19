import type { ServiceLogger } from './logger';

/** What a request's log line says beside the usual: never prompts or credentials. @public */
export type RequestFacts = Record<
  string,
  string | number | boolean | undefined
>;

/** Probes and scrapes come every few seconds and would drown the rest. */
const QUIET_ROUTES = new Set(['/startup', '/health', '/ready', '/metrics']);

/** Whether nobody wants to read of requests to this route. */
export function isQuiet(route: string): boolean {
  return QUIET_ROUTES.has(route);
}

/** The one line that a request leaves, when its response is over. */
export function writeRequestLine(
  logger: ServiceLogger,
  request: {
    id: string;
    method: string;
    /** The pattern, not the URL: a client may put anything in a query. */
    route: string;
    /** Undefined where nothing was answered. */
    status: number | undefined;
    durationMs: number;
    finished: boolean;
    facts: RequestFacts;
  },
): void {
  const level = isQuiet(request.route) ? 'debug' : 'info';
  logger[level](
    {
      request_id: request.id,
      method: request.method,
      route: request.route,
      status: request.status,
      duration_ms: Math.round(request.durationMs * 10) / 10,
      aborted: request.finished ? undefined : true,
      ...request.facts,
    },
    'request',
  );
}
