/** A wait that can be cut short. @public */
export interface Waiter {
  /** Resolves after `ms`, or at the next `wake`. */
  wait(ms: number): Promise<void>;
  wake(): void;
}

/** @public */
export function createWaiter(): Waiter {
  const waiting = new Set<() => void>();
  return {
    wait(ms) {
      return new Promise(resolve => {
        const timer = setTimeout(done, ms);
        waiting.add(done);
        function done() {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        }
      });
    },
    wake() {
      [...waiting].forEach(done => done());
    },
  };
}
