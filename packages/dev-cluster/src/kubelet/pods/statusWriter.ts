import { isNotFound } from '../api';
import { errorMessage } from '../errors';

/** @public */
export interface StatusWriter {
  /** Sends the status soon; many calls make one request. */
  schedule(): void;
  /** Sends it now, after what is under way. */
  flush(): Promise<void>;
  stop(): void;
}

const COALESCE_MS = 50;
const RETRY_MS = 1_000;

/**
 * Sends a changing status, one request at a time, again after a failure, and
 * no more once the object is gone.
 *
 * @public
 */
export function createStatusWriter(
  send: () => Promise<void>,
  logger: (line: string) => void,
): StatusWriter {
  let dirty = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> = Promise.resolve();

  const work = async () => {
    if (stopped || !dirty) {
      return;
    }
    dirty = false;
    try {
      await send();
    } catch (error) {
      if (isNotFound(error)) {
        stopped = true;
        return;
      }
      logger(`pod status: ${errorMessage(error)}`);
      dirty = true;
      arm(RETRY_MS);
    }
  };
  const start = () => {
    sending = sending.then(work);
    return sending;
  };
  function arm(ms: number) {
    if (!timer && !stopped) {
      timer = setTimeout(() => {
        timer = undefined;
        start();
      }, ms);
    }
  }
  return {
    schedule() {
      dirty = true;
      arm(COALESCE_MS);
    },
    async flush() {
      clearTimeout(timer);
      timer = undefined;
      dirty = true;
      await start();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
