import {
  formatAgo,
  formatCount,
  formatDuration,
  formatGiB,
  plural,
  shortNode,
} from './format';

describe('format', () => {
  it.each([
    [0, '0 ms'],
    [480, '480 ms'],
    [41_000, '41 s'],
    [60_000, '1 min'],
    [160_000, '2 min 40 s'],
    [3 * 3_600_000 + 5 * 60_000, '3 h 5 min'],
    [52 * 3_600_000, '2 d 4 h'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it.each([
    [2, 'just now'],
    [40, '40 s ago'],
    [180, '3 min ago'],
    [7_200, '2 h ago'],
    [5 * 86_400, '5 d ago'],
  ])('writes %d s before as %s', (seconds, text) => {
    const now = new Date('2026-11-23T08:00:00Z');
    expect(formatAgo(new Date(now.getTime() - seconds * 1000), now)).toBe(text);
  });

  it('writes numbers with their unit', () => {
    expect(formatGiB(1.94)).toBe('1.9');
    expect(formatGiB(141.2)).toBe('141');
    expect(formatCount(65_712)).toBe('65,712');
    expect(plural(1, 'pod')).toBe('1 pod');
    expect(plural(2, 'pod')).toBe('2 pods');
    expect(shortNode('ip-10-0-1-21.us-west-2.compute.internal')).toBe(
      'ip-10-0-1-21',
    );
  });
});
