import type { IncomingHttpHeaders } from 'node:http';

/**
 * What goes on from the client to the model. A list of what may pass, so that
 * no credential does, in whatever header a client puts it.
 */
const TO_UPSTREAM = [
  'accept',
  // Where an event stream of a team service goes on.
  'last-event-id',
  'user-agent',
  'tracestate',
  'x-correlation-id',
] as const;

/** What goes back from the model to the client. */
const TO_CLIENT = [
  'content-type',
  'content-length',
  'retry-after',
  'x-llm-platform-simulated',
] as const;

/** @public */
export function upstreamHeaders(
  from: IncomingHttpHeaders,
  requestId: string,
  traceparent: string,
  hasBody: boolean,
): Record<string, string> {
  const headers: Record<string, string> = {
    'x-request-id': requestId,
    traceparent,
  };
  if (hasBody) {
    // Bodies are JSON, whatever the client called it.
    headers['content-type'] = 'application/json';
  }
  for (const name of TO_UPSTREAM) {
    const value = from[name];
    if (typeof value === 'string') {
      headers[name] = value;
    }
  }
  return headers;
}

/** @public */
export function clientHeaders(
  from: IncomingHttpHeaders,
  requestId: string,
): Record<string, string> {
  const headers: Record<string, string> = { 'x-request-id': requestId };
  for (const name of TO_CLIENT) {
    const value = from[name];
    if (typeof value === 'string') {
      headers[name] = value;
    }
  }
  return headers;
}
