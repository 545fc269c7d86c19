import { StopMatcher } from './stopMatcher';

function feed(matcher: StopMatcher, pieces: string[]): string[] {
  return [...pieces.map(piece => matcher.push(piece)), matcher.flush()];
}

describe('StopMatcher', () => {
  it('finds a stop string that spans pieces', () => {
    const matcher = new StopMatcher(['###']);
    expect(feed(matcher, ['one #', '# two #', '##', ' three'])).toEqual([
      'one ',
      '## two ',
      '',
      '',
      '',
    ]);
    expect(matcher.stop).toBe('###');
  });

  it('gives held-back text once it is no stop string', () => {
    const matcher = new StopMatcher(['<end>']);
    expect(feed(matcher, ['a <', 'en', 'd', 'less'])).toEqual([
      'a ',
      '',
      '',
      '<endless',
      '',
    ]);
    expect(matcher.stop).toBeUndefined();
  });

  it('gives everything when the text ends', () => {
    expect(feed(new StopMatcher(['END']), ['The E', 'N'])).toEqual([
      'The ',
      '',
      'EN',
    ]);
  });

  it('takes the stop string that comes first', () => {
    const matcher = new StopMatcher(['two', 'one']);
    expect(matcher.push('zero one two')).toBe('zero ');
    expect(matcher.stop).toBe('one');
  });

  it('can include the stop string', () => {
    expect(new StopMatcher(['.'], true).push('Done. More')).toBe('Done.');
  });
});
