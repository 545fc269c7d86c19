import type { IncomingHttpHeaders } from 'node:http';
import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api';
import { ExportResultCode, type ExportResult } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  TracerProvider,
  type ReadableSpan,
  type SpanExporter,
} from '@opentelemetry/sdk-trace';
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_SERVICE_NAME,
} from '@opentelemetry/semantic-conventions';
import { RequestTrace } from './RequestTrace';
import { traceContextOf } from './traceContext';

/** @public */
export interface Tracing {
  /** The trace of a request that arrived, with its span where spans are recorded. */
  begin(request: {
    headers: IncomingHttpHeaders;
    method: string;
    /** The pattern, never the URL. */
    route: string;
    /** Probes and scrapes: ids, but no span. */
    quiet?: boolean;
  }): RequestTrace;
  /** Sends what is left, within three seconds. */
  stop(): Promise<void>;
}

/** @public */
export interface TracingOptions {
  service: string;
  /**
   * The value of OTEL_EXPORTER_OTLP_ENDPOINT, such as `http://collector:4318`.
   * Without it no span is ever made.
   */
  endpoint?: string | undefined;
  /** Told once when spans can't be delivered, and once when they can again. */
  onProblem?: (message: string) => void;
}

const STOP_TIMEOUT_MS = 3000;
const EXPORT_TIMEOUT_MS = 10_000;
/** Spans kept while the collector is away; more are dropped, not remembered. */
const LONGEST_QUEUE = 4096;

/** Says when the exporter begins to fail and when it recovers. */
class ReportingExporter implements SpanExporter {
  private failing = false;

  constructor(
    private readonly inner: SpanExporter,
    private readonly report: (message: string) => void,
  ) {}

  export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    this.inner.export(spans, result => {
      const failed = result.code !== ExportResultCode.SUCCESS;
      if (failed !== this.failing) {
        this.failing = failed;
        this.report(
          failed
            ? `traces can't be delivered: ${
                result.error?.message.split('\n')[0] ?? 'unknown reason'
              }`
            : 'traces are delivered again',
        );
      }
      done(result);
    });
  }

  forceFlush(): Promise<void> {
    return this.inner.forceFlush?.() ?? Promise.resolve();
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }
}

/** Ids only: what a service without a collector has. @public */
export const noTracing: Tracing = {
  begin: ({ headers }) => new RequestTrace(traceContextOf(headers)),
  stop: async () => {},
};

/**
 * Tracing of a service: W3C ids always, OpenTelemetry spans when there is an
 * endpoint, in batches by OTLP over HTTP. A collector that is away costs spans
 * and nothing else. Spans hold names, counts and codes, never a prompt or an
 * answer.
 *
 * @public
 */
export function startTracing(options: TracingOptions): Tracing {
  const { service, endpoint, onProblem = () => {} } = options;
  if (!endpoint) {
    return noTracing;
  }
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ [ATTR_SERVICE_NAME]: service }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new ReportingExporter(
          new OTLPTraceExporter({
            url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
            timeoutMillis: EXPORT_TIMEOUT_MS,
          }),
          onProblem,
        ),
        maxQueueSize: LONGEST_QUEUE,
      }),
    ],
  });
  const tracer = provider.getTracer('@llm-platform/service-kit');

  return {
    begin({ headers, method, route, quiet }) {
      const received = traceContextOf(headers);
      if (quiet) {
        return new RequestTrace(received);
      }
      const parent = received.given
        ? trace.setSpanContext(ROOT_CONTEXT, {
            traceId: received.traceId,
            spanId: received.spanId,
            traceFlags: received.flags,
            isRemote: true,
          })
        : ROOT_CONTEXT;
      const span = tracer.startSpan(
        `${method} ${route}`,
        {
          kind: SpanKind.SERVER,
          attributes: { [ATTR_HTTP_REQUEST_METHOD]: method },
        },
        parent,
      );
      return new RequestTrace(received, { tracer, span });
    },
    async stop() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<void>(resolve => {
        timer = setTimeout(resolve, STOP_TIMEOUT_MS);
      });
      await Promise.race([provider.shutdown().catch(() => {}), late]);
      clearTimeout(timer);
    },
  };
}
