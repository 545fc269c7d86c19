import { createBackOff, formatDelay } from './backoff';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('createBackOff', () => {
  it('restarts at once, then after 10 s, doubling to 5 min', () => {
    const backOff = createBackOff();
    const delays: number[] = [];
    let now = 0;
    for (let crash = 0; crash < 8; crash += 1) {
      const delay = backOff.remaining(now, now);
      delays.push(delay / SECOND);
      now += delay;
      backOff.next(now, now - delay);
      now += SECOND;
    }
    expect(delays).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
  });

  it('counts from when the last run ended', () => {
    const backOff = createBackOff();
    backOff.next(0, 0);
    expect(backOff.remaining(4 * SECOND, 1 * SECOND)).toBe(7 * SECOND);
    expect(backOff.remaining(60 * SECOND, 1 * SECOND)).toBe(0);
  });

  it('forgets failures after a run of more than ten minutes', () => {
    const backOff = createBackOff();
    backOff.next(0, 0);
    backOff.next(10 * SECOND, 0);
    const ended = 11 * MINUTE;
    expect(backOff.remaining(ended, ended)).toBe(0);
    backOff.next(ended, ended);
    expect(backOff.current()).toBe(10 * SECOND);
  });
});

describe('formatDelay', () => {
  it.each([
    [10_000, '10s'],
    [80_000, '1m20s'],
    [300_000, '5m0s'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDelay(ms)).toBe(text);
  });
});
