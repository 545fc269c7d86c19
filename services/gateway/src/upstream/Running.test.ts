import { Running } from './Running';

const items = (names: string) => [...names].map(name => ({ name, place: -1 }));

const namesOf = (running: Running<{ name: string; place: number }>) =>
  running
    .all()
    .map(({ name }) => name)
    .sort()
    .join('');

describe('what is in flight', () => {
  it('forgets what is over, wherever it stands', () => {
    const all = items('abcde');
    const running = new Running<(typeof all)[number]>();
    all.forEach(item => running.add(item));

    running.delete(all[1]);
    running.delete(all[4]);
    expect(namesOf(running)).toBe('acd');
    running.delete(all[3]);
    running.delete(all[3]);
    expect(namesOf(running)).toBe('ac');
    running.add(all[1]);
    running.delete(all[0]);
    expect(namesOf(running)).toBe('bc');
    expect(running.size).toBe(2);
  });

  it('can be gone through while they end', () => {
    const all = items('abcde');
    const running = new Running<(typeof all)[number]>();
    all.forEach(item => running.add(item));
    let seen = '';

    for (const item of running.all()) {
      seen += item.name;
      running.delete(item);
    }

    expect(seen).toBe('abcde');
    expect(running.size).toBe(0);
  });
});
