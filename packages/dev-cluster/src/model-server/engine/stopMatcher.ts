/**
 * Finds stop strings in streamed text. Text that may be the beginning of one
 * is held back until that is known.
 */
export class StopMatcher {
  private held = '';
  private matched: string | undefined;

  constructor(
    private readonly stops: readonly string[],
    private readonly includeStop = false,
  ) {}

  /** The stop string that was found. */
  get stop(): string | undefined {
    return this.matched;
  }

  /** Adds text; returns what is certain to be part of the answer. */
  push(text: string): string {
    if (this.matched !== undefined) {
      return '';
    }
    this.held += text;
    let first = -1;
    for (const stop of this.stops) {
      const at = this.held.indexOf(stop);
      if (at >= 0 && (first < 0 || at < first)) {
        first = at;
        this.matched = stop;
      }
    }
    if (this.matched !== undefined) {
      const end = first + (this.includeStop ? this.matched.length : 0);
      return this.take(end);
    }
    return this.take(this.held.length - this.longestPrefixAtEnd());
  }

  /** What was held back, once no more text comes. */
  flush(): string {
    return this.matched === undefined ? this.take(this.held.length) : '';
  }

  private take(length: number): string {
    const text = this.held.slice(0, length);
    this.held = this.held.slice(length);
    return text;
  }

  private longestPrefixAtEnd(): number {
    let longest = 0;
    for (const stop of this.stops) {
      const most = Math.min(stop.length - 1, this.held.length);
      for (let length = most; length > longest; length--) {
        if (this.held.endsWith(stop.slice(0, length))) {
          longest = length;
        }
      }
    }
    return longest;
  }
}
