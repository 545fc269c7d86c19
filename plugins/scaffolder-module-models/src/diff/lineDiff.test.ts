import { lineDiff } from './lineDiff';

describe('lineDiff', () => {
  const show = (before?: string, after?: string) =>
    lineDiff(before, after)
      .map(({ kind, text }) => `${kind[0]}${text}`)
      .join(' ');

  it.each([
    [undefined, 'a\nb\n', 'aa ab'],
    ['a\nb\n', undefined, 'ra rb'],
    ['a\nb\nc\n', 'a\nx\nc\n', 'sa rb ax sc'],
    ['a\n', 'a\n', 'sa'],
    ['', '', ''],
  ])('%j to %j', (before, after, expected) => {
    expect(show(before, after)).toBe(expected);
  });

  it('stays fast on huge texts', () => {
    const huge = Array.from({ length: 3_000 }, (_, i) => `${i}`).join('\n');
    expect(lineDiff(huge, 'x')).toHaveLength(3_001);
  });
});
