import type {
  IncomingHttpHeaders,
  IncomingMessage,
  ServerResponse,
} from 'node:http';
import type { RequestTrace, Tracing } from '../telemetry';
import type { RequestFacts } from './requestFacts';
import { requestIdOf } from './requestId';

const NOTHING = Buffer.alloc(0);

/** A request on a direct route: `node:http`'s own objects and what the kit adds. @public */
export class DirectRequest {
  readonly id: string;
  readonly trace: RequestTrace;
  readonly facts: RequestFacts;
  readonly startedAt = performance.now();
  /** The bytes as they came; empty until the handler is called. */
  body: Buffer = NOTHING;

  constructor(
    readonly raw: IncomingMessage,
    readonly response: ServerResponse,
    readonly route: string,
    tracing: Tracing,
  ) {
    this.id = requestIdOf(raw.headers);
    this.trace = tracing.begin({
      headers: raw.headers,
      method: raw.method ?? '',
      route,
    });
    this.facts = { trace_id: this.trace.traceId };
  }

  get headers(): IncomingHttpHeaders {
    return this.raw.headers;
  }

  /** The W3C header for whatever is called to answer it. */
  get traceparent(): string {
    return this.trace.traceparent;
  }
}
