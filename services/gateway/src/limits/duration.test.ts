import { formatDuration } from './duration';

describe('formatDuration', () => {
  it.each([
    [0, '0ms'],
    [-5, '0ms'],
    [6, '6ms'],
    [999, '999ms'],
    [1000, '1s'],
    [1001, '2s'],
    [60_000, '1m0s'],
    [62_000, '1m2s'],
    [3_600_000, '1h0m0s'],
    [90_061_000, '25h1m1s'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
