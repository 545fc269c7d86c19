import { parseLogQuery } from './logQuery';

const NOW = Date.parse('2026-01-01T00:01:00Z');
const parse = (query: string) => parseLogQuery(new URLSearchParams(query), NOW);

describe('parseLogQuery', () => {
  it('reads what kubectl sends', () => {
    expect(
      parse('follow=true&tailLines=10&timestamps=true&limitBytes=5'),
    ).toEqual({
      follow: true,
      previous: false,
      timestamps: true,
      tailLines: 10,
      limitBytes: 5,
      sinceTime: undefined,
    });
    expect(parse('previous=true').previous).toBe(true);
  });

  it('counts seconds back from now', () => {
    expect(parse('sinceSeconds=60').sinceTime).toEqual(
      new Date('2026-01-01T00:00:00Z'),
    );
    expect(parse('sinceTime=2026-01-01T00:00:30Z').sinceTime).toEqual(
      new Date('2026-01-01T00:00:30Z'),
    );
  });

  it.each(['tailLines=-1', 'limitBytes=x', 'sinceTime=yesterday'])(
    'refuses %s',
    query => {
      expect(() => parse(query)).toThrow(query.split('=')[0]);
    },
  );
});
