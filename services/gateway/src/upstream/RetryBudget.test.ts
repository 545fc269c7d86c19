import { RetryBudget } from './RetryBudget';

describe('RetryBudget', () => {
  let now: number;
  let budget: RetryBudget;

  beforeEach(() => {
    now = 5_000_000;
    budget = new RetryBudget({ share: 0.2, perSecond: 3 }, () => now);
  });

  function take(): number {
    let taken = 0;
    while (taken < 10_000 && budget.takeRetry()) {
      taken += 1;
    }
    return taken;
  }

  function requests(count: number) {
    for (let i = 0; i < count; i += 1) {
      budget.countRequest();
    }
  }

  it('allows a few per second without any requests', () => {
    expect(take()).toBe(30);
    expect(take()).toBe(0);
  });

  it('allows a share of many requests', () => {
    requests(1000);
    now += 4000;
    requests(1000);
    expect(take()).toBe(400);
  });

  it('forgets what is longer ago than ten seconds', () => {
    requests(1000);
    expect(take()).toBe(200);
    now += 9_000;
    expect(take()).toBe(0);
    now += 1_000;
    expect(take()).toBe(30);
    now += 3_600_000;
    expect(take()).toBe(30);
  });
});
