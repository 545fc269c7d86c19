import type { IncomingMessage } from 'node:http';

/** `version-traceid-parentid-flags`, as W3C Trace Context writes it. */
const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/;

/** The trace that a request belongs to; undefined where it names none. */
export function traceId(request: IncomingMessage): string | undefined {
  const { traceparent } = request.headers;
  return typeof traceparent === 'string'
    ? TRACEPARENT.exec(traceparent)?.[1]
    : undefined;
}
