import { Account } from './Account';
import { limitScopes, type LimitScope } from './limitKinds';

const FIRST_SWEEP = 1024;

/**
 * The accounts that are in use. Those that would start at nothing anyway are
 * dropped whenever the number has doubled, so that memory follows who really
 * uses the gateway in the current periods, without a timer.
 */
export class Accounts {
  // One map per scope, so that looking up makes no new text.
  private readonly byScope: Record<LimitScope, Map<string, Account>> = {
    key: new Map(),
    team: new Map(),
    person: new Map(),
  };
  private count = 0;
  private sweepAt = FIRST_SWEEP;

  get size(): number {
    return this.count;
  }

  /** `periods`: those of now, by which others may turn out to be idle. */
  get(scope: LimitScope, name: string, periods: readonly number[]): Account {
    const accounts = this.byScope[scope];
    let account = accounts.get(name);
    if (!account) {
      if (this.count >= this.sweepAt) {
        this.sweep(periods);
        this.sweepAt = Math.max(FIRST_SWEEP, this.count * 2);
      }
      account = new Account(scope, name);
      accounts.set(name, account);
      this.count += 1;
    }
    account.asked = periods[0];
    return account;
  }

  /** The account, if there is one; looking does not count as use. */
  find(scope: LimitScope, name: string): Account | undefined {
    return this.byScope[scope].get(name);
  }

  all(): Account[] {
    return limitScopes.flatMap(scope => [...this.byScope[scope].values()]);
  }

  private sweep(periods: readonly number[]): void {
    for (const scope of limitScopes) {
      const accounts = this.byScope[scope];
      for (const [name, account] of accounts) {
        if (account.isIdle(periods)) {
          accounts.delete(name);
          this.count -= 1;
        }
      }
    }
  }
}
