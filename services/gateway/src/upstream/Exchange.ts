import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import {
  ServiceError,
  type ErrorCode,
  type ServiceErrorOptions,
} from '@llm-platform/service-kit';
import type { Dispatcher } from 'undici';
import type { Dialect } from './Dialect';
import { EventFramer } from './EventFramer';
import { clientHeaders } from './headers';
import { AnswerTail } from './usage';
import { withoutUsageEvent } from './usageEvent';

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

/** What an exchange says about its endpoint; `neither` where the fault isn't its own. @public */
export type ExchangeVerdict = 'good' | 'bad' | 'neither';

/** @public */
export interface ForwardTimeouts {
  /** Until an endpoint has taken the connection, a proxy's tunnel included. */
  connectMs: number;
  /** Until the first byte of an answer; a long prompt without streaming takes minutes. */
  firstByteMs: number;
  /** Between two chunks of an answer. */
  idleMs: number;
  /** From the request to the end of its answer. */
  totalMs: number;
  /** How long a client may take nothing. */
  stallMs: number;
}

/** @public */
export interface ExchangeOptions {
  response: ServerResponse;
  requestId: string;
  dialect: Dialect;
  /** Whether a stream on this path is only complete with `data: [DONE]`. */
  expectsDone: boolean;
  /** Whether the event with the usage was asked for by the gateway alone. */
  hidesUsage: boolean;
  /** Further headers of the answer. */
  headers: Readonly<Record<string, string>>;
  timeouts: ForwardTimeouts;
  /** When the request as a whole began, on `performance.now()`'s clock. */
  startedAt: number;
  /** Called once, right before the first byte goes to the client. */
  takeOver(): void;
  onEnd(end: ExchangeEnd): void;
}

const EVENT_STREAM = 'text/event-stream';
const JSON_TYPE = 'application/json';
const DONE = 'data: [DONE]';

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

  /** Whether the upstream may have seen the request. */
  seen = false;
  verdict: ExchangeVerdict = 'neither';
  status = 0;
  /** Among the running ones. */
  place = -1;

  private controller: Dispatcher.DispatchController | undefined;
  private framer: EventFramer | undefined;
  private takenOver = false;
  private ended = false;
  private stall: NodeJS.Timeout | undefined;
  /** When patience with the upstream is over; not while the client holds it back. */
  private dueAt: number;
  private readonly onClose = () => this.clientLeft();

  constructor(private readonly options: ExchangeOptions) {
    this.dueAt = performance.now() + options.timeouts.connectMs;
    options.response.once('close', this.onClose);
  }

  /** Whether the answer is an event stream. */
  get streamed(): boolean {
    return this.framer !== undefined;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.ended) {
      controller.abort(new Error('no longer wanted'));
    } else {
      this.seen = true;
      this.dueAt = performance.now() + this.options.timeouts.firstByteMs;
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
    // Of several there is a list, whatever the types say.
    const type = [headers['content-type'] ?? ''].flat()[0];
    this.status = status;
    this.verdict = status >= 500 ? 'bad' : 'good';
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
    Object.assign(out, this.options.headers);
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
    const now = performance.now();
    this.firstByteAt ??= now;
    this.dueAt = now + this.options.timeouts.idleMs;
    this.tail.push(chunk);
    const out = this.framer ? this.shown(this.framer.push(chunk)) : chunk;
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
        this.verdict = 'bad';
        this.interrupt(
          `The ${this.noun} ended its answer without finishing it.`,
        );
        return;
      }
      if (rest) {
        response.write(rest);
      }
    }
    this.endResponse();
    this.end({ kind: 'completed' });
  }

  onResponseError(
    _controller: Dispatcher.DispatchController | undefined,
    error: Error,
  ): void {
    if (this.ended) {
      return;
    }
    this.verdict = 'bad';
    if (this.takenOver) {
      this.interrupt(
        `The connection to the ${this.noun} broke in the middle of its answer.`,
      );
    } else if (this.seen) {
      this.fail(
        this.options.dialect.failed,
        `The ${this.noun} took the request but broke off before it answered. It was not sent again, since the ${this.noun} may have worked on it.`,
        { cause: error },
      );
    } else {
      this.end({ kind: 'unreachable', cause: error });
    }
  }

  /** Ends the exchange if it takes longer than is allowed. */
  checkTime(now: number): void {
    const { timeouts, startedAt } = this.options;
    if (this.ended) {
      return;
    }
    if (now >= startedAt + timeouts.totalMs) {
      // Long answers are long: nothing is wrong with the endpoint.
      this.verdict = 'neither';
      this.timeOut(
        `The ${this.noun} did not finish within the ${Math.round(
          timeouts.totalMs / 1000,
        )} seconds that an answer may take.`,
      );
    } else if (now >= this.dueAt) {
      this.verdict = 'bad';
      if (!this.seen) {
        this.end({ kind: 'unreachable', cause: new Error('no connection') });
      } else if (this.firstByteAt === undefined) {
        this.timeOut(`The ${this.noun} did not start to answer in time.`);
      } else {
        this.interrupt(
          `The ${this.noun} stopped sending in the middle of its answer.`,
        );
      }
    } else {
      return;
    }
    this.controller?.abort(new Error('took too long'));
  }

  /** Ends an exchange that outlived the grace period of a shutdown. */
  shutDown(): void {
    if (this.ended) {
      return;
    }
    const message = 'The gateway is restarting. Please send the request again.';
    this.verdict = 'neither';
    if (this.takenOver) {
      this.interrupt(message, 'shutting_down');
    } else {
      this.fail('shutting_down', message, { headers: { 'retry-after': '1' } });
    }
    this.controller?.abort(new Error('shutting down'));
  }

  private get noun(): string {
    return this.options.dialect.noun;
  }

  /** What the client is to see of some whole events. */
  private shown(events: Buffer | undefined): Buffer | undefined {
    if (!events || !this.options.hidesUsage) {
      return events;
    }
    const shown = withoutUsageEvent(events);
    return shown.length > 0 ? shown : undefined;
  }

  /** Answers of the upstream that the client must not see as they are. */
  private unusable(status: number, type: string): ServiceError | undefined {
    const { failed } = this.options.dialect;
    if (status === 401 || status === 403) {
      this.verdict = 'neither';
      return new ServiceError(
        failed,
        `The ${this.noun} refused the gateway. This is a fault of the platform, not of your API key.`,
      );
    }
    if (status >= 500 && !type.startsWith(JSON_TYPE)) {
      return new ServiceError(
        failed,
        `The ${this.noun} answered with an error (${status}).`,
      );
    }
    return undefined;
  }

  private holdBack(controller: Dispatcher.DispatchController): void {
    const { response, timeouts } = this.options;
    controller.pause();
    this.dueAt = Infinity;
    this.stall = setTimeout(() => response.destroy(), timeouts.stallMs);
    response.once('drain', () => {
      clearTimeout(this.stall);
      if (!this.ended) {
        this.dueAt = performance.now() + timeouts.idleMs;
        controller.resume();
      }
    });
  }

  /** Ends the response, and cuts it off should its client never take the rest. */
  private endResponse(last?: string): void {
    const { response, timeouts } = this.options;
    response.end(last);
    if (response.writableLength > 0) {
      const timer = setTimeout(() => response.destroy(), timeouts.stallMs);
      response.once('close', () => clearTimeout(timer));
    }
  }

  /** Says in the stream that it broke; anything else than a stream is cut off. */
  private interrupt(
    message: string,
    code: ErrorCode = 'upstream_interrupted',
  ): void {
    const { response, dialect, requestId } = this.options;
    if (this.framer) {
      const body = dialect.toBody(new ServiceError(code, message), requestId);
      // What is too long to be held may have been passed on in part.
      const before = this.framer.isInEvent ? '\n\n' : '';
      this.endResponse(`${before}data: ${JSON.stringify(body)}\n\n`);
    } else {
      response.destroy();
    }
    this.end({ kind: 'interrupted' });
  }

  private timeOut(message: string): void {
    if (this.takenOver) {
      this.interrupt(message, 'upstream_timeout');
    } else {
      this.fail('upstream_timeout', message);
    }
  }

  private fail(
    code: ErrorCode,
    message: string,
    options?: ServiceErrorOptions,
  ): void {
    this.end({
      kind: 'failed',
      error: new ServiceError(code, message, options),
    });
  }

  private clientLeft(): void {
    if (!this.ended) {
      this.verdict = 'neither';
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
