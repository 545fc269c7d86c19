/** Thrown when the queue in front of the slots is full. */
export class QueueFullError extends Error {
  constructor(limit: number) {
    super(`The server already has ${limit} requests waiting. Try again later.`);
    this.name = 'QueueFullError';
  }
}

interface Waiter {
  start(): void;
}

/** A fixed number of slots and a queue in front of them, first come first served. */
export class Slots {
  private used = 0;
  private readonly queue = new Set<Waiter>();

  constructor(
    private readonly count: number,
    private readonly maxWaiting: number,
  ) {}

  get running(): number {
    return this.used;
  }

  get waiting(): number {
    return this.queue.size;
  }

  /**
   * Waits for a slot.
   *
   * @returns the function that gives it back, or `undefined` when the signal
   * aborted first.
   */
  async acquire(signal: AbortSignal): Promise<(() => void) | undefined> {
    if (signal.aborted) {
      return undefined;
    }
    if (this.used >= this.count) {
      if (this.queue.size >= this.maxWaiting) {
        throw new QueueFullError(this.maxWaiting);
      }
      const started = await this.wait(signal);
      if (!started) {
        return undefined;
      }
    } else {
      this.used++;
    }
    let released = false;
    return () => {
      if (!released) {
        released = true;
        this.release();
      }
    };
  }

  private wait(signal: AbortSignal): Promise<boolean> {
    return new Promise(resolve => {
      const waiter: Waiter = { start: () => {} };
      const abort = () => {
        this.queue.delete(waiter);
        resolve(false);
      };
      waiter.start = () => {
        signal.removeEventListener('abort', abort);
        resolve(true);
      };
      this.queue.add(waiter);
      signal.addEventListener('abort', abort, { once: true });
    });
  }

  private release(): void {
    const [next] = this.queue;
    if (next) {
      // The slot passes on without becoming free in between.
      this.queue.delete(next);
      next.start();
    } else {
      this.used--;
    }
  }
}
