import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';

/**
 * Passes the newest version on, at once and then at most once per interval: a rollout of a hundred pods is not a
 * hundred messages to every browser.
 */
export class ChangePublisher {
  readonly #intervalMs: number;
  readonly #publish: (version: number) => Promise<void>;
  readonly #logger: LoggerService;
  #timer: NodeJS.Timeout | undefined;
  #waiting: number | undefined;

  static create(options: {
    intervalMs: number;
    publish(version: number): Promise<void>;
    logger: LoggerService;
  }): ChangePublisher {
    return new ChangePublisher(options);
  }

  private constructor(options: {
    intervalMs: number;
    publish(version: number): Promise<void>;
    logger: LoggerService;
  }) {
    this.#intervalMs = options.intervalMs;
    this.#publish = version => options.publish(version);
    this.#logger = options.logger;
  }

  changed(version: number): void {
    if (this.#timer) {
      this.#waiting = version;
      return;
    }
    this.#send(version);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = undefined;
  }

  #send(version: number): void {
    this.#waiting = undefined;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#waiting !== undefined) {
        this.#send(this.#waiting);
      }
    }, this.#intervalMs);
    this.#timer.unref();
    this.#publish(version).catch(error => {
      this.#logger.warn('A change could not be announced', toError(error));
    });
  }
}
