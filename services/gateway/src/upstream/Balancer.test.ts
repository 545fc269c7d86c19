import { Balancer } from './Balancer';

const ANY = () => true;
const endpointsOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    origin: `http://10.244.${i}.7:8000`,
  }));

function placesOf(
  endpoints: Array<{ origin: string }>,
  keys = 1000,
): Map<string, string> {
  const balancer = new Balancer();
  const places = new Map<string, string>();
  for (let i = 0; i < keys; i += 1) {
    places.set(`s${i}`, balancer.pick(endpoints, ANY, `s${i}`)!.origin);
  }
  return places;
}

describe('Balancer with a key', () => {
  it('sends a key to one endpoint whatever the order of the list', () => {
    const endpoints = endpointsOf(5);
    const places = placesOf(endpoints);
    expect(placesOf([...endpoints].reverse())).toEqual(places);
  });

  it('spreads keys evenly', () => {
    const counts = new Map<string, number>();
    for (const origin of placesOf(endpointsOf(4)).values()) {
      counts.set(origin, (counts.get(origin) ?? 0) + 1);
    }
    expect(counts.size).toBe(4);
    for (const count of counts.values()) {
      expect(count).toBeGreaterThan(200);
      expect(count).toBeLessThan(300);
    }
  });

  it('moves only the keys of an endpoint that goes', () => {
    const endpoints = endpointsOf(5);
    const gone = endpoints[2].origin;
    const before = placesOf(endpoints);
    const after = placesOf(endpoints.filter(e => e.origin !== gone));
    const moved = [...before].filter(
      ([key, origin]) => after.get(key) !== origin,
    );
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.filter(([, origin]) => origin !== gone)).toEqual([]);
  });

  it('gives no endpoint more than its share of one key', () => {
    const balancer = new Balancer();
    const endpoints = endpointsOf(4);
    const counts = new Map<string, number>();
    for (let i = 0; i < 80; i += 1) {
      const { origin } = balancer.pick(endpoints, ANY, 'the only session')!;
      balancer.acquire(origin);
      counts.set(origin, (counts.get(origin) ?? 0) + 1);
    }
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(25);
    expect(counts.size).toBe(4);
    // A few at once are no load for a model.
    const idle = new Balancer();
    const first = idle.pick(endpoints, ANY, 'k')!.origin;
    idle.acquire(first);
    expect(idle.pick(endpoints, ANY, 'k')!.origin).toBe(first);
  });

  it('takes another where the preferred one may not be used', () => {
    const balancer = new Balancer();
    const endpoints = endpointsOf(3);
    const first = balancer.pick(endpoints, ANY, 'k')!.origin;
    const second = balancer.pick(endpoints, o => o !== first, 'k')!.origin;
    expect(second).not.toBe(first);
    expect(balancer.pick(endpoints, o => o !== first, 'k')!.origin).toBe(
      second,
    );
    expect(balancer.pick(endpoints, () => false, 'k')).toBeUndefined();
  });
});
