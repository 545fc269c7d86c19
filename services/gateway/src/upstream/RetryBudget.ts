const SECONDS = 10;

/**
 * How many requests may be tried again: a share of the last ten seconds'
 * requests and at least a few per second. When everything fails, trying
 * everything again would only add to the load.
 *
 * @public
 */
export class RetryBudget {
  private readonly requests = new Array<number>(SECONDS).fill(0);
  private readonly retries = new Array<number>(SECONDS).fill(0);
  private second = 0;

  constructor(
    private readonly settings: { share: number; perSecond: number } = {
      share: 0.2,
      perSecond: 3,
    },
    private readonly now: () => number = () => performance.now(),
  ) {}

  countRequest(): void {
    this.requests[this.slot()] += 1;
  }

  /** Whether one more retry is allowed; it then counts. */
  takeRetry(): boolean {
    const slot = this.slot();
    const { share, perSecond } = this.settings;
    const allowed = Math.max(
      perSecond * SECONDS,
      share * this.requests.reduce((sum, count) => sum + count, 0),
    );
    if (this.retries.reduce((sum, count) => sum + count, 0) >= allowed) {
      return false;
    }
    this.retries[slot] += 1;
    return true;
  }

  /** The place of this second, after those that were passed over are emptied. */
  private slot(): number {
    const second = Math.floor(this.now() / 1000);
    const passed = Math.min(second - this.second, SECONDS);
    for (let i = 0; i < passed; i += 1) {
      const slot = (second - i) % SECONDS;
      this.requests[slot] = 0;
      this.retries[slot] = 0;
    }
    this.second = Math.max(second, this.second);
    return this.second % SECONDS;
  }
}
