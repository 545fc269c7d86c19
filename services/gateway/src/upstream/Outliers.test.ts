import { Outliers } from './Outliers';

const endpoints = ['a', 'b', 'c', 'd'].map(origin => ({ origin }));

describe('Outliers', () => {
  let now: number;
  let outliers: Outliers;

  beforeEach(() => {
    now = 1_000_000;
    outliers = new Outliers(
      { failures: 3, firstEjectionMs: 1000, longestEjectionMs: 3000 },
      () => now,
    );
  });

  const fail = (origin: string, times = 3, of = endpoints) => {
    let forMs: number | undefined;
    for (let i = 0; i < times; i += 1) {
      forMs = outliers.failed(origin, of) ?? forMs;
    }
    return forMs;
  };
  const ejected = (of = endpoints) => [...(outliers.ejectedOf(of) ?? [])];

  it('leaves out an endpoint after failures in a row, for a while', () => {
    expect(fail('a', 2)).toBeUndefined();
    expect(ejected()).toEqual([]);
    expect(fail('a', 1)).toBe(1000);
    expect(ejected()).toEqual(['a']);
    now += 1000;
    expect(ejected()).toEqual([]);
  });

  it('forgives failures that are not in a row', () => {
    fail('a', 2);
    outliers.succeeded('a');
    fail('a', 2);
    expect(ejected()).toEqual([]);
  });

  it('leaves one that fails again out for longer, up to a bound', () => {
    const spans = [fail('a')];
    for (let i = 0; i < 3; i += 1) {
      now += spans.at(-1)!;
      // One try is enough for one that was out before.
      spans.push(outliers.failed('a', endpoints));
    }
    expect(spans).toEqual([1000, 2000, 3000, 3000]);
  });

  it('forgets ejections once the endpoint was well for as long', () => {
    fail('a');
    now += 1500;
    outliers.succeeded('a');
    expect(fail('a', 1)).toBe(2000);
    now += 4000;
    outliers.succeeded('a');
    expect(fail('a', 2)).toBeUndefined();
    expect(fail('a', 1)).toBe(1000);
  });

  it('leaves out no more than half, and never the only one', () => {
    expect([fail('a'), fail('b'), fail('c'), fail('d')]).toEqual([
      1000,
      1000,
      undefined,
      undefined,
    ]);
    expect(ejected()).toEqual(['a', 'b']);
    expect(fail('z', 10, [{ origin: 'z' }])).toBeUndefined();
    expect(
      fail(
        'y',
        10,
        ['x', 'y', 'w'].map(origin => ({ origin })),
      ),
    ).toBe(1000);
  });

  it('uses those left out when the others are gone', () => {
    fail('a');
    fail('b');
    expect(ejected(endpoints.slice(0, 3))).toEqual([]);
    expect(ejected([{ origin: 'a' }])).toEqual([]);
  });

  it('does not count what still comes from one that is out', () => {
    fail('a');
    expect(fail('a', 10)).toBeUndefined();
    now += 1000;
    expect(ejected()).toEqual([]);
  });

  it('forgets endpoints that are gone', () => {
    fail('a');
    outliers.keepOnly(new Set(['b']));
    expect(outliers.isEjected('a')).toBe(false);
  });
});
