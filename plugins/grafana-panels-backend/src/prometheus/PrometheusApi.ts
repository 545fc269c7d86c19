import { z } from 'zod';
import { QueryFailure, type FailureCode } from '../failures';
import { requireAccess, type JsonAnswer, type JsonClient } from '../http';
import {
  asList,
  readLabels,
  readSeries,
  unexpected,
  type ReadSeries,
  type SeriesLimits,
} from './answer';

/** A query as it is sent. Times in Unix seconds. */
export interface PrometheusQuery {
  expr: string;
  instant: boolean;
  start: number;
  end: number;
  step: number;
}

/** Where choices come from. Times in Unix seconds. */
export interface PrometheusLookup {
  match: string[];
  start: number;
  end: number;
  /** More than this is cut off, with a warning. */
  limit: number;
}

export interface CallOptions {
  signal: AbortSignal;
  maxBytes: number;
}

export interface QueryAnswer extends ReadSeries {
  /** Size of Prometheus' answer. */
  bytes: number;
}

export interface LookupAnswer<T> {
  items: T[];
  warnings: string[];
}

const envelopeSchema = z.object({
  status: z.enum(['success', 'error']),
  errorType: z.string().optional(),
  error: z.string().optional(),
  warnings: z.array(z.string()).optional(),
  infos: z.array(z.string()).optional(),
});

const CODES: Record<string, FailureCode> = {
  bad_data: 'bad_query',
  execution: 'bad_query',
  timeout: 'timeout',
  canceled: 'timeout',
};

/** Prometheus' HTTP API, of a Prometheus itself or of a data source of Grafana. Every call throws a QueryFailure. */
export class PrometheusApi {
  readonly #client: JsonClient;

  constructor(client: JsonClient) {
    this.#client = client;
  }

  async query(
    query: PrometheusQuery,
    options: CallOptions & { limits: SeriesLimits; timeoutSeconds: number },
  ): Promise<QueryAnswer> {
    const common = {
      query: query.expr,
      // With a unit, Prometheus takes whole numbers only
      timeout: String(options.timeoutSeconds),
      // One more than is allowed, to notice that there are more
      limit: String(options.limits.series + 1),
    };
    const answer = await this.#client.ask({
      method: 'POST',
      ...options,
      ...(query.instant
        ? {
            path: '/api/v1/query',
            params: { ...common, time: String(query.end) },
          }
        : {
            path: '/api/v1/query_range',
            params: {
              ...common,
              start: String(query.start),
              end: String(query.end),
              step: String(query.step),
            },
          }),
    });
    const { data, warnings } = this.#open(answer);
    const read = readSeries(data, options.limits);
    return {
      series: read.series,
      warnings: [...warnings, ...read.warnings],
      bytes: answer.bytes,
    };
  }

  async labelNames(
    lookup: PrometheusLookup,
    options: CallOptions,
  ): Promise<LookupAnswer<string>> {
    return this.#lookUp('/api/v1/labels', lookup, options, asText);
  }

  async labelValues(
    label: string,
    lookup: PrometheusLookup,
    options: CallOptions,
  ): Promise<LookupAnswer<string>> {
    const path = `/api/v1/label/${encodeURIComponent(
      labelInPath(label),
    )}/values`;
    return this.#lookUp(path, lookup, options, asText);
  }

  async series(
    lookup: PrometheusLookup,
    options: CallOptions,
  ): Promise<LookupAnswer<Record<string, string>>> {
    return this.#lookUp('/api/v1/series', lookup, options, readLabels);
  }

  async #lookUp<T>(
    path: string,
    lookup: PrometheusLookup,
    options: CallOptions,
    read: (item: unknown) => T,
  ): Promise<LookupAnswer<T>> {
    const answer = await this.#client.ask({
      ...options,
      path,
      params: {
        'match[]': lookup.match,
        start: String(lookup.start),
        end: String(lookup.end),
        limit: String(lookup.limit),
      },
    });
    const { data, warnings } = this.#open(answer);
    // A server that doesn't know the limit answers with all
    const items = asList(data);
    return {
      items: items.slice(0, lookup.limit).map(read),
      warnings:
        items.length > lookup.limit
          ? [...warnings, `Only the first ${lookup.limit} are shown.`]
          : warnings,
    };
  }

  #open({ status, body }: JsonAnswer): { data: unknown; warnings: string[] } {
    const { name } = this.#client;
    requireAccess(name, status);
    const parsed = envelopeSchema.safeParse(body);
    if (!parsed.success) {
      throw status === 200
        ? unexpected()
        : new QueryFailure(
            status >= 502 && status <= 504 ? 'unreachable' : 'upstream_error',
            `${name} answered with status ${status}.`,
          );
    }
    const envelope = parsed.data;
    if (envelope.status === 'error') {
      throw upstreamError(envelope, name);
    }
    return {
      data: (body as { data?: unknown }).data,
      warnings: [...(envelope.warnings ?? []), ...(envelope.infos ?? [])],
    };
  }
}

function upstreamError(
  { errorType = '', error = '' }: { errorType?: string; error?: string },
  name: string,
): QueryFailure {
  const text = error.slice(0, 1_000) || 'no reason given';
  if (/too many samples|maximum resolution/.test(error)) {
    return new QueryFailure(
      'too_large',
      `${name} refused the query: ${text}. Choose a shorter range or fewer series.`,
    );
  }
  return new QueryFailure(
    CODES[errorType] ?? 'upstream_error',
    `${name}: ${text}`,
  );
}

function asText(value: unknown): string {
  if (typeof value !== 'string') {
    throw unexpected();
  }
  return value;
}

/** A name that Prometheus knew before version 3 goes as it is, any other by its escaping of values. */
function labelInPath(label: string): string {
  if (/^[a-zA-Z_][a-zA-Z0-9_]*$/.test(label)) {
    return label;
  }
  const escaped = [...label]
    .map(char => {
      if (char === '_') {
        return '__';
      }
      return /[a-zA-Z0-9]/.test(char)
        ? char
        : `_${(char.codePointAt(0) ?? 0).toString(16)}_`;
    })
    .join('');
  return `U__${escaped}`;
}
