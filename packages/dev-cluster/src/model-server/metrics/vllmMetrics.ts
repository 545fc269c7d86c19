import {
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  Registry,
} from 'prom-client';
import {
  ITERATION_TOKENS,
  REQUEST_LATENCY,
  TIME_TO_FIRST_TOKEN,
  TOKEN_LATENCY,
  tokenCountBuckets,
} from './buckets';

/** How a request ended, in vLLM's words. */
export type FinishedReason = 'stop' | 'length' | 'abort';

/** A finished request, as the metrics see it. Times in seconds. */
export interface FinishedRequest {
  reason: FinishedReason;
  promptTokens: number;
  generatedTokens: number;
  maxTokens: number;
  queued: number;
  /** From the slot to the first token; undefined when there was none. */
  prefill?: number;
  /** From the first token to the last. */
  decode?: number;
  total: number;
}

/** What the metrics are labelled with and read from. */
export interface MetricsOptions {
  modelName: string;
  maxModelLen: number;
  cacheConfig: Readonly<Record<string, string>>;
}

/** The scheduler, as the gauges see it. */
export interface SchedulerState {
  running: number;
  waiting: number;
  kvCacheUsage: number;
}

const LABELS = ['model_name', 'engine'] as const;

/** vLLM 0.11.0's metrics, under its names and labels. */
export class VllmMetrics {
  readonly registry = new Registry();
  private readonly labels: Record<(typeof LABELS)[number], string>;
  private readonly promptTokens: Counter<string>;
  private readonly generationTokens: Counter<string>;
  private readonly success: Counter<string>;
  private readonly histograms: ReadonlyMap<string, Histogram<string>>;
  private readonly totals = { prompt: 0, generated: 0 };

  constructor(options: MetricsOptions) {
    this.labels = { model_name: options.modelName, engine: '0' };
    collectDefaultMetrics({ register: this.registry });
    // The stand-in caches no prefixes and preempts nothing: these stay at 0.
    this.counter(
      'vllm:prefix_cache_queries_total',
      'Prefix cache queries, in terms of number of queried tokens.',
    );
    this.counter(
      'vllm:prefix_cache_hits_total',
      'Prefix cache hits, in terms of number of cached tokens.',
    );
    this.counter(
      'vllm:num_preemptions_total',
      'Cumulative number of preemption from the engine.',
    );
    this.promptTokens = this.counter(
      'vllm:prompt_tokens_total',
      'Number of prefill tokens processed.',
    );
    this.generationTokens = this.counter(
      'vllm:generation_tokens_total',
      'Number of generation tokens processed.',
    );
    this.success = new Counter({
      name: 'vllm:request_success_total',
      help: 'Count of successfully processed requests.',
      labelNames: [...LABELS, 'finished_reason'],
      registers: [this.registry],
    });
    for (const reason of ['stop', 'length', 'abort']) {
      this.success.inc({ ...this.labels, finished_reason: reason }, 0);
    }
    this.histograms = this.makeHistograms(options.maxModelLen);
    const info = new Gauge({
      name: 'vllm:cache_config_info',
      help: 'Information of the LLMEngine CacheConfig',
      labelNames: [...Object.keys(options.cacheConfig), 'engine'],
      registers: [this.registry],
    });
    info.set({ ...options.cacheConfig, engine: '0' }, 1);
  }

  /** Reads the scheduler's gauges from there at each scrape. */
  watchScheduler(read: () => SchedulerState): void {
    this.gauge(
      'vllm:num_requests_running',
      'Number of requests in model execution batches.',
      () => read().running,
    );
    this.gauge(
      'vllm:num_requests_waiting',
      'Number of requests waiting to be processed.',
      () => read().waiting,
    );
    this.gauge(
      'vllm:kv_cache_usage_perc',
      'KV-cache usage. 1 means 100 percent usage.',
      () => read().kvCacheUsage,
    );
  }

  /** Tokens since the start, for the log's throughput line. */
  get tokens(): Readonly<{ prompt: number; generated: number }> {
    return this.totals;
  }

  /** The prompt was read and its first token came. */
  firstToken(promptTokens: number, sinceArrival: number): void {
    this.promptTokens.inc(this.labels, promptTokens);
    this.generationTokens.inc(this.labels, 1);
    this.totals.prompt += promptTokens;
    this.totals.generated += 1;
    this.observe('vllm:iteration_tokens_total', promptTokens + 1);
    this.observe('vllm:time_to_first_token_seconds', sinceArrival);
  }

  /** One more token. */
  nextToken(sinceLast: number): void {
    this.generationTokens.inc(this.labels, 1);
    this.totals.generated += 1;
    // The stand-in's steps are of one sequence each.
    this.observe('vllm:iteration_tokens_total', 1);
    // 0.11 still has the old name beside the new one.
    this.observe('vllm:time_per_output_token_seconds', sinceLast);
    this.observe('vllm:inter_token_latency_seconds', sinceLast);
  }

  finished(request: FinishedRequest): void {
    const { generatedTokens, prefill, decode } = request;
    this.success.inc({ ...this.labels, finished_reason: request.reason });
    this.observe('vllm:request_prompt_tokens', request.promptTokens);
    this.observe('vllm:request_generation_tokens', generatedTokens);
    this.observe(
      'vllm:request_max_num_generation_tokens',
      Math.max(generatedTokens, 1),
    );
    this.observe('vllm:request_params_n', 1);
    this.observe('vllm:request_params_max_tokens', request.maxTokens);
    this.observe('vllm:request_queue_time_seconds', request.queued);
    this.observe('vllm:e2e_request_latency_seconds', request.total);
    if (prefill !== undefined && decode !== undefined) {
      this.observe('vllm:request_prefill_time_seconds', prefill);
      this.observe('vllm:request_decode_time_seconds', decode);
      this.observe('vllm:request_inference_time_seconds', prefill + decode);
      if (generatedTokens > 1) {
        this.observe(
          'vllm:request_time_per_output_token_seconds',
          decode / (generatedTokens - 1),
        );
      }
    }
  }

  private observe(name: string, value: number): void {
    this.histograms.get(name)?.observe(this.labels, value);
  }

  private gauge(name: string, help: string, read: () => number): void {
    const { labels } = this;
    // eslint-disable-next-line no-new
    new Gauge({
      name,
      help,
      labelNames: LABELS,
      registers: [this.registry],
      collect() {
        this.set(labels, read());
      },
    });
  }

  private counter(name: string, help: string): Counter<string> {
    const counter = new Counter<string>({
      name,
      help,
      labelNames: LABELS,
      registers: [this.registry],
    });
    counter.inc(this.labels, 0);
    return counter;
  }

  private makeHistograms(maxModelLen: number): Map<string, Histogram<string>> {
    const counts = tokenCountBuckets(maxModelLen);
    const rows: ReadonlyArray<readonly [string, string, number[]]> = [
      [
        'vllm:iteration_tokens_total',
        'Histogram of number of tokens per engine_step.',
        ITERATION_TOKENS,
      ],
      [
        'vllm:time_to_first_token_seconds',
        'Histogram of time to first token in seconds.',
        TIME_TO_FIRST_TOKEN,
      ],
      [
        'vllm:time_per_output_token_seconds',
        'Histogram of time per output token in seconds.DEPRECATED: Use vllm:inter_token_latency_seconds instead.',
        TOKEN_LATENCY,
      ],
      [
        'vllm:inter_token_latency_seconds',
        'Histogram of inter-token latency in seconds.',
        TOKEN_LATENCY,
      ],
      [
        'vllm:request_time_per_output_token_seconds',
        'Histogram of time_per_output_token_seconds per request.',
        TOKEN_LATENCY,
      ],
      [
        'vllm:e2e_request_latency_seconds',
        'Histogram of e2e request latency in seconds.',
        REQUEST_LATENCY,
      ],
      [
        'vllm:request_queue_time_seconds',
        'Histogram of time spent in WAITING phase for request.',
        REQUEST_LATENCY,
      ],
      [
        'vllm:request_inference_time_seconds',
        'Histogram of time spent in RUNNING phase for request.',
        REQUEST_LATENCY,
      ],
      [
        'vllm:request_prefill_time_seconds',
        'Histogram of time spent in PREFILL phase for request.',
        REQUEST_LATENCY,
      ],
      [
        'vllm:request_decode_time_seconds',
        'Histogram of time spent in DECODE phase for request.',
        REQUEST_LATENCY,
      ],
      [
        'vllm:request_prompt_tokens',
        'Number of prefill tokens processed.',
        counts,
      ],
      [
        'vllm:request_generation_tokens',
        'Number of generation tokens processed.',
        counts,
      ],
      [
        'vllm:request_max_num_generation_tokens',
        'Histogram of maximum number of requested generation tokens.',
        counts,
      ],
      [
        'vllm:request_params_n',
        'Histogram of the n request parameter.',
        [1, 2, 5, 10, 20],
      ],
      [
        'vllm:request_params_max_tokens',
        'Histogram of the max_tokens request parameter.',
        counts,
      ],
    ];
    return new Map(
      rows.map(([name, help, buckets]) => {
        const histogram = new Histogram<string>({
          name,
          help,
          buckets,
          labelNames: LABELS,
          registers: [this.registry],
        });
        histogram.zero(this.labels);
        return [name, histogram];
      }),
    );
  }
}
