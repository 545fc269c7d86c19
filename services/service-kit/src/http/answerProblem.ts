import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServiceError } from '../errors';

/** How long a body that nobody wants is read on, for its sender to see the answer. */
const LINGER_MS = 1000;

/**
 * Answers a request with an error where it can still be answered.
 *
 * A body that is too large is read on for a moment and thrown away: a
 * connection closed upon it would reset, and its client would see that rather
 * than the answer.
 */
export function answerProblem(
  request: IncomingMessage,
  response: ServerResponse,
  problem: ServiceError,
  requestId: string,
): void {
  if (response.headersSent || response.destroyed) {
    return;
  }
  const body = JSON.stringify(problem.toBody());
  const unwanted = problem.code === 'request_too_large';
  response.writeHead(problem.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-request-id': requestId,
    ...(unwanted && { connection: 'close' }),
    ...problem.headers,
  });
  if (!unwanted || request.complete) {
    response.end(body);
    return;
  }
  response.write(body);
  const timer = setTimeout(end, LINGER_MS);
  function end() {
    clearTimeout(timer);
    request.removeListener('close', end);
    request.removeListener('end', end);
    response.end();
  }
  request.once('close', end);
  request.once('end', end);
  request.resume();
}
