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

/** What is known of a request when its response is over. */
export interface RequestSummary {
  id: string;
  method: string;
  /** The pattern, not the URL: a client may put anything in a query. */
  route: string;
  /** Undefined where nothing was answered. */
  status: number | undefined;
  durationMs: number;
  finished: boolean;
  facts: RequestFacts;
}
