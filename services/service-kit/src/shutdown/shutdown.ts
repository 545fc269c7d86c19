import type { Health } from '../health';

/** @public */
export interface ShutdownOptions {
  health: Health;
  /** Time between turning unready and refusing connections, for endpoints to be updated. */
  drainDelayMs: number;
  /** How long requests in flight may go on after that. */
  graceMs: number;
  /** Stops accepting and resolves when the last request is over. */
  close(): Promise<void>;
  /** Ends what is still running when the grace period is over. */
  force(): void;
  log(message: string): void;
}

/**
 * Drains a service: unready, then no new connections, then what is in flight
 * may finish within the grace period.
 *
 * @public
 */
export async function shutDown(options: ShutdownOptions): Promise<void> {
  options.health.drain();
  options.log('draining');
  await new Promise(resolve => setTimeout(resolve, options.drainDelayMs));
  const timer = setTimeout(() => {
    options.log('grace period over, ending what is still running');
    options.force();
  }, options.graceMs);
  try {
    await options.close();
  } finally {
    clearTimeout(timer);
  }
  options.log('stopped');
}

/**
 * Runs `shutDown` on SIGTERM and SIGINT and then exits; a second signal exits
 * at once.
 *
 * @public
 */
export function shutDownOnSignals(options: ShutdownOptions): void {
  let stopping = false;
  const onSignal = () => {
    if (stopping) {
      process.exit(1);
    }
    stopping = true;
    shutDown(options).then(
      () => process.exit(0),
      error => {
        options.log(`shutdown failed: ${error}`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
