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
        let timer: NodeJS.Timeout | undefined;
        const done = () => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        };
        timer = setTimeout(done, ms);
        waiting.add(done);
      });
    },
    wake() {
      [...waiting].forEach(done => done());
    },
  };
}
