import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { ServiceError } from '@llm-platform/service-kit';
import { errors, type Dispatcher } from 'undici';
import { EventFramer } from './EventFramer';
import { clientHeaders } from './headers';
import { AnswerTail } from './usage';

/** How one attempt at one endpoint ended. @public */
export type ExchangeEnd =
  /** Never connected, so the model can't have seen the request. */
  | { kind: 'unreachable'; cause: unknown }
  /** Failed before anything was sent to the client. */
  | { kind: 'failed'; error: ServiceError }
  /** Failed after: the client was told in the stream, or cut off. */
  | { kind: 'interrupted' }
  | { kind: 'client-gone' }
  | { kind: 'completed' };

/** @public */
export interface ExchangeOptions {
  response: ServerResponse;
  requestId: string;
  /** Whether a stream on this path is only complete with `data: [DONE]`. */
  expectsDone: boolean;
  /** A client that takes nothing for this long is let go. */
  stallMs: number;
  /** Called once, right before the first byte goes to the client. */
  takeOver(): void;
  onEnd(end: ExchangeEnd): void;
}

const EVENT_STREAM = 'text/event-stream';
const JSON_TYPE = 'application/json';
const DONE = 'data: [DONE]';

function toFailure(error: unknown): ServiceError {
  if (error instanceof errors.HeadersTimeoutError) {
    return new ServiceError(
      'upstream_timeout',
      'The model did not start to answer in time.',
      { cause: error },
    );
  }
  return new ServiceError(
    'upstream_failed',
    'The model took the request but broke off before it answered. It was not sent again, since the model may have worked on it.',
    { cause: error },
  );
}

/**
 * One request on its way to one endpoint and its answer on the way back, as
 * undici's handler: bytes go from socket to socket with nothing in between but
 * the check for whole events.
 *
 * @public
 */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly tail = new AnswerTail();
  /** When the first byte of the answer came, on `performance.now()`'s clock. */
  firstByteAt: number | undefined;

  private controller: Dispatcher.DispatchController | undefined;
  private framer: EventFramer | undefined;
  private takenOver = false;
  private ended = false;
  private stall: NodeJS.Timeout | undefined;
  private readonly onClose = () => this.clientLeft();

  constructor(private readonly options: ExchangeOptions) {
    options.response.once('close', this.onClose);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.ended) {
      controller.abort(new Error('no longer wanted'));
    }
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (this.ended || status < 200) {
      return;
    }
    const type = headers['content-type'] ?? '';
    const refusal = this.unusable(status, type);
    if (refusal) {
      this.end({ kind: 'failed', error: refusal });
      controller.abort(refusal);
      return;
    }
    const { response, requestId } = this.options;
    this.options.takeOver();
    this.takenOver = true;
    const out = clientHeaders(headers, requestId);
    if (type.startsWith(EVENT_STREAM)) {
      this.framer = new EventFramer();
      out['cache-control'] = 'no-cache, no-transform';
      out['x-accel-buffering'] = 'no';
      delete out['content-length'];
    }
    response.writeHead(status, out);
    if (this.framer) {
      // The first event mostly comes in the same packet and then takes the
      // headers along; where it doesn't, they don't wait for it.
      setImmediate(() => {
        if (this.firstByteAt === undefined && !this.ended) {
          response.flushHeaders();
        }
      });
    }
  }

  onResponseData(
    controller: Dispatcher.DispatchController,
    chunk: Buffer,
  ): void {
    if (this.ended) {
      return;
    }
    this.firstByteAt ??= performance.now();
    this.tail.push(chunk);
    const out = this.framer ? this.framer.push(chunk) : chunk;
    if (out && !this.options.response.write(out)) {
      this.holdBack(controller);
    }
  }

  onResponseEnd(): void {
    if (this.ended) {
      return;
    }
    const { response, expectsDone } = this.options;
    if (this.framer) {
      const rest = this.framer.rest();
      if (
        expectsDone &&
        response.statusCode === 200 &&
        !this.tail.text().trimEnd().endsWith(DONE)
      ) {
        this.interrupt('The model ended its answer without finishing it.');
        return;
      }
      if (rest) {
        response.write(rest);
      }
    }
    response.end();
    this.end({ kind: 'completed' });
  }

  onResponseError(
    _controller: Dispatcher.DispatchController | undefined,
    error: Error,
  ): void {
    if (this.ended) {
      return;
    }
    if (this.takenOver) {
      this.interrupt(
        error instanceof errors.BodyTimeoutError
          ? 'The model stopped sending in the middle of its answer.'
          : 'The connection to the model broke in the middle of its answer.',
      );
    } else if (this.controller) {
      this.end({ kind: 'failed', error: toFailure(error) });
    } else {
      this.end({ kind: 'unreachable', cause: error });
    }
  }

  /** Ends an exchange that outlived the grace period of a shutdown. */
  shutDown(): void {
    if (this.ended) {
      return;
    }
    const message = 'The gateway is restarting. Please send the request again.';
    if (this.takenOver) {
      this.interrupt(message, 'shutting_down');
    } else {
      this.end({
        kind: 'failed',
        error: new ServiceError('shutting_down', message, {
          headers: { 'retry-after': '1' },
        }),
      });
    }
    this.controller?.abort(new Error('shutting down'));
  }

  /** Answers of the upstream that the client must not see as they are. */
  private unusable(status: number, type: string): ServiceError | undefined {
    if (status === 401 || status === 403) {
      return new ServiceError(
        'upstream_failed',
        'The model refused the gateway. This is a fault of the platform, not of your API key.',
      );
    }
    if (status >= 500 && !type.startsWith(JSON_TYPE)) {
      return new ServiceError(
        'upstream_failed',
        `The model answered with an error (${status}).`,
      );
    }
    return undefined;
  }

  private holdBack(controller: Dispatcher.DispatchController): void {
    const { response, stallMs } = this.options;
    controller.pause();
    this.stall = setTimeout(() => response.destroy(), stallMs);
    response.once('drain', () => {
      clearTimeout(this.stall);
      controller.resume();
    });
  }

  /** Says in the stream that it broke; anything else than a stream is cut off. */
  private interrupt(
    message: string,
    code: 'upstream_interrupted' | 'shutting_down' = 'upstream_interrupted',
  ): void {
    const { response } = this.options;
    if (this.framer) {
      const body = new ServiceError(code, message).toBody();
      response.end(`data: ${JSON.stringify(body)}\n\n`);
    } else {
      response.destroy();
    }
    this.end({ kind: 'interrupted' });
  }

  private clientLeft(): void {
    if (!this.ended) {
      this.end({ kind: 'client-gone' });
      this.controller?.abort(new Error('the client left'));
    }
  }

  private end(end: ExchangeEnd): void {
    this.ended = true;
    clearTimeout(this.stall);
    this.options.response.removeListener('close', this.onClose);
    this.options.onEnd(end);
  }
}
