/** Tells whoever waits that something about an evaluation changed. */
export class Changes {
  private readonly versions = new Map<string, number>();
  private readonly waiting = new Map<string, Set<() => void>>();

  /** Grows with every change. */
  versionOf(id: string): number {
    return this.versions.get(id) ?? 0;
  }

  notify(id: string): void {
    this.versions.set(id, this.versionOf(id) + 1);
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    waiting?.forEach(wake => wake());
  }

  forget(id: string): void {
    this.notify(id);
    this.versions.delete(id);
  }

  /** Resolves with true after a change since that version, with false when the time is over or the signal aborts. */
  next(
    id: string,
    since: number,
    limits: { signal: AbortSignal; timeoutMs: number },
  ): Promise<boolean> {
    if (this.versionOf(id) !== since) {
      return Promise.resolve(true);
    }
    if (limits.signal.aborted) {
      return Promise.resolve(false);
    }
    const waiting = this.waiting.get(id) ?? new Set();
    this.waiting.set(id, waiting);
    return new Promise(resolve => {
      const wait: {
        wake: () => void;
        giveUp: () => void;
        timer?: NodeJS.Timeout;
      } = {
        wake: () => end(true),
        giveUp: () => end(false),
      };
      function end(changed: boolean) {
        clearTimeout(wait.timer);
        waiting.delete(wait.wake);
        limits.signal.removeEventListener('abort', wait.giveUp);
        resolve(changed);
      }
      wait.timer = setTimeout(wait.giveUp, limits.timeoutMs);
      waiting.add(wait.wake);
      limits.signal.addEventListener('abort', wait.giveUp);
    });
  }
}
