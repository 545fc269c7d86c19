import { ServiceError, type ErrorCode } from '../errors';
import type { Health } from '../health';
import type { ServiceLogger } from '../http';
import type { ModelClient } from './ModelClient';

/** @public */
export interface ModelMonitorOptions {
  client: Pick<ModelClient, 'check' | 'checksAreFree'>;
  health: Health;
  /** The health condition that is kept up to date. */
  condition: string;
  intervalMs: number;
  /** For one check. */
  timeoutMs: number;
  logger: ServiceLogger;
  onChange?(holds: boolean): void;
}

/** Failures of a call that say something about the backend, not about the request. */
const DOUBTS = new Set<ErrorCode>([
  'upstream_unreachable',
  'upstream_failed',
  'upstream_timeout',
  'model_unavailable',
  'model_starting',
  'model_not_found',
]);

/** One check that fails, in a backend that answered before, may be a hiccup. */
const FAILURES_TO_BELIEVE = 2;

/**
 * Keeps a health condition as the model's backend is: false until it answers,
 * false again when it stops, and true when it is back, all without a restart.
 * Where checks cost, it asks only until the first answer and after a call that
 * failed.
 *
 * @public
 */
export class ModelMonitor {
  private timer: NodeJS.Timeout | undefined;
  private readonly stopping = new AbortController();
  private checking = false;
  private failures = 0;
  private holds = false;
  private lastDetail = '';

  constructor(private readonly options: ModelMonitorOptions) {}

  start(): void {
    this.checkNow();
  }

  /** To be told of every call that failed: some are a reason to look. */
  doubt(error: unknown): void {
    if (
      error instanceof ServiceError &&
      DOUBTS.has(error.code) &&
      !this.checking
    ) {
      this.checkNow();
    }
  }

  stop(): void {
    this.stopping.abort();
    clearTimeout(this.timer);
  }

  private checkNow(): void {
    clearTimeout(this.timer);
    this.checking = true;
    const { client, timeoutMs } = this.options;
    const timeout = AbortSignal.timeout(timeoutMs);
    client
      .check(AbortSignal.any([timeout, this.stopping.signal]))
      .then(
        () => this.onAnswer(),
        error =>
          this.onFailure(
            timeout.aborted
              ? `no answer within ${timeoutMs / 1000} seconds`
              : String((error as Error)?.message ?? error),
          ),
      )
      .finally(() => {
        this.checking = false;
        const again = client.checksAreFree || this.failures > 0;
        if (again && !this.stopping.signal.aborted) {
          this.timer = setTimeout(
            () => this.checkNow(),
            this.options.intervalMs,
          );
        }
      });
  }

  private onAnswer(): void {
    const { health, condition, logger } = this.options;
    this.failures = 0;
    this.lastDetail = '';
    health.set(condition, true);
    if (!this.holds) {
      this.holds = true;
      this.options.onChange?.(true);
      logger.info({ condition }, 'the model answers');
    }
  }

  private onFailure(detail: string): void {
    if (this.stopping.signal.aborted) {
      return;
    }
    const { health, condition, logger } = this.options;
    this.failures += 1;
    if (this.holds && this.failures < FAILURES_TO_BELIEVE) {
      return;
    }
    this.holds = false;
    this.options.onChange?.(false);
    health.set(condition, false, detail);
    if (detail !== this.lastDetail) {
      this.lastDetail = detail;
      logger.warn({ condition, detail }, 'the model does not answer');
    }
  }
}
