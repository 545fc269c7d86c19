import { once } from 'events';
import type { Response } from 'express';
import type { GatewayStream } from '../gateway';
import { ChatError } from './ChatError';
import { StreamWatch } from './StreamWatch';

/** How a relayed answer ended. */
export type RelayOutcome = 'complete' | 'broken' | 'aborted';

/** Headers of the gateway that the page shows or that help to find the request in a log. */
const PASSED_HEADERS = ['x-request-id', 'x-llm-platform-simulated'];

/**
 * Sends the gateway's stream to the browser as fast as the browser reads, and
 * ends it with an error event when the gateway's stream breaks off or the
 * signal aborts with a {@link ChatError}.
 */
export async function relay(options: {
  stream: GatewayStream;
  response: Response;
  signal: AbortSignal;
}): Promise<RelayOutcome> {
  const { stream, response, signal } = options;
  for (const name of PASSED_HEADERS) {
    const value = stream.headers[name];
    if (typeof value === 'string') {
      response.setHeader(name, value);
    }
  }
  response.status(200);
  response.setHeader('Content-Type', 'text/event-stream; charset=utf-8');
  // no-transform: the backend's compression would hold the tokens back
  response.setHeader('Cache-Control', 'no-store, no-transform');
  response.setHeader('X-Accel-Buffering', 'no');
  response.flushHeaders();

  const watch = new StreamWatch();
  try {
    for await (const chunk of stream.body) {
      watch.feed(chunk);
      if (!response.write(chunk)) {
        await once(response, 'drain', { signal });
      }
    }
    watch.end();
  } catch {
    if (signal.aborted) {
      const { reason } = signal;
      if (reason instanceof ChatError) {
        response.write(reason.event());
      }
      response.end();
      return reason instanceof ChatError ? 'broken' : 'aborted';
    }
  }
  if (watch.done) {
    response.end();
    return 'complete';
  }
  if (!watch.failed) {
    response.write(
      new ChatError({
        status: 502,
        source: 'model',
        code: 'answer_broken_off',
        message:
          'The answer broke off: the connection to the model ended before the answer was complete.',
      }).event(),
    );
  }
  response.end();
  return 'broken';
}
