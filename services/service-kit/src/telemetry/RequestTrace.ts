import {
  context,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import {
  ATTR_ERROR_TYPE,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
} from '@opentelemetry/semantic-conventions';
import {
  GEN_AI_OPERATION_NAME,
  GEN_AI_PROVIDER_NAME,
  GEN_AI_REQUEST_MODEL,
  GEN_AI_REQUEST_STREAM,
  GEN_AI_RESPONSE_MODEL,
  GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  GEN_AI_USAGE_INPUT_TOKENS,
  GEN_AI_USAGE_OUTPUT_TOKENS,
} from './genAiAttributes';
import type { TraceContext } from './traceContext';

/** A request to a model that begins. Never anything of the prompt. @public */
export interface ModelCallStart {
  operation: 'chat' | 'text_completion' | 'embeddings';
  /** The name it is asked for by. */
  model: string;
  /** Who serves it; `vllm` unless said otherwise. */
  provider?: string;
  stream?: boolean;
}

/** What became of it. @public */
export interface ModelCallEnd {
  /** The endpoint that answered, such as `http://10.0.0.7:8000`. */
  origin?: string;
  /** The name that the model answered with. */
  responseModel?: string;
  /** Milliseconds until the first byte of the answer. */
  firstByteMs?: number;
  usage?: { promptTokens: number; completionTokens: number };
  /** An error code; leave it out where the call succeeded. */
  error?: string;
}

/** @public */
export interface ModelCall {
  /** The header to send along to the model. */
  readonly traceparent: string;
  /** To be called once. */
  end(result: ModelCallEnd): void;
}

/** `traceparent` of a span. */
function headerOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/**
 * The trace of one request. Without tracing it is no more than the ids that
 * are logged and passed on; with it, it holds the request's span and begins
 * those of the calls to models.
 *
 * @public
 */
export class RequestTrace {
  readonly traceId: string;
  /** The header for whatever this service calls to answer the request. */
  readonly traceparent: string;

  constructor(
    received: TraceContext,
    private readonly recording?: { tracer: Tracer; span: Span },
  ) {
    if (recording) {
      this.traceId = recording.span.spanContext().traceId;
      this.traceparent = headerOf(recording.span);
    } else {
      this.traceId = received.traceId;
      this.traceparent = received.traceparent;
    }
  }

  /** Whether spans are made of it. */
  get recorded(): boolean {
    return this.recording !== undefined;
  }

  /** Begins a call to a model within this request. */
  modelCall(start: ModelCallStart): ModelCall {
    if (!this.recording) {
      return { traceparent: this.traceparent, end: doNothing };
    }
    const span = this.recording.tracer.startSpan(
      `${start.operation} ${start.model}`,
      {
        kind: SpanKind.CLIENT,
        attributes: {
          [GEN_AI_OPERATION_NAME]: start.operation,
          [GEN_AI_PROVIDER_NAME]: start.provider ?? 'vllm',
          [GEN_AI_REQUEST_MODEL]: start.model,
          ...(start.stream !== undefined && {
            [GEN_AI_REQUEST_STREAM]: start.stream,
          }),
        },
      },
      trace.setSpan(context.active(), this.recording.span),
    );
    return {
      traceparent: headerOf(span),
      end: result => endModelCall(span, result),
    };
  }

  /** Ends the request's own span. `error` is a code. */
  end(result: { status?: number; route: string; error?: string }): void {
    const span = this.recording?.span;
    if (!span) {
      return;
    }
    span.setAttribute(ATTR_HTTP_ROUTE, result.route);
    if (result.status !== undefined) {
      span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, result.status);
    }
    if (result.error) {
      span.setAttribute(ATTR_ERROR_TYPE, result.error);
    }
    // By the conventions a 4xx is the caller's fault and no error of a server's span.
    if (result.status === undefined || result.status >= 500) {
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    span.end();
  }
}

function doNothing(): void {}

function endModelCall(span: Span, result: ModelCallEnd): void {
  const { origin, responseModel, firstByteMs, usage, error } = result;
  const attributes: Attributes = {};
  if (origin !== undefined) {
    const { hostname, port, protocol } = new URL(origin);
    attributes[ATTR_SERVER_ADDRESS] = hostname;
    attributes[ATTR_SERVER_PORT] =
      Number(port) || (protocol === 'https:' ? 443 : 80);
  }
  if (responseModel !== undefined) {
    attributes[GEN_AI_RESPONSE_MODEL] = responseModel;
  }
  if (firstByteMs !== undefined) {
    attributes[GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK] = firstByteMs / 1000;
  }
  if (usage) {
    attributes[GEN_AI_USAGE_INPUT_TOKENS] = usage.promptTokens;
    attributes[GEN_AI_USAGE_OUTPUT_TOKENS] = usage.completionTokens;
  }
  if (error) {
    attributes[ATTR_ERROR_TYPE] = error;
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.setAttributes(attributes);
  span.end();
}
