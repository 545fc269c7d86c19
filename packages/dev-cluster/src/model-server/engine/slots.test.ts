import { QueueFullError, Slots } from './slots';

const never = new AbortController().signal;

describe('Slots', () => {
  it('lets so many run and the rest wait in order', async () => {
    const slots = new Slots(1, 10);
    const first = await slots.acquire(never);
    const order: string[] = [];
    const second = slots.acquire(never).then(release => {
      order.push('second');
      return release;
    });
    const third = slots.acquire(never).then(release => {
      order.push('third');
      return release;
    });
    expect([slots.running, slots.waiting]).toEqual([1, 2]);
    first?.();
    (await second)?.();
    (await third)?.();
    expect(order).toEqual(['second', 'third']);
    expect([slots.running, slots.waiting]).toEqual([0, 0]);
  });

  it('forgets a waiter that went away', async () => {
    const slots = new Slots(1, 10);
    const release = await slots.acquire(never);
    const gone = new AbortController();
    const waiting = slots.acquire(gone.signal);
    gone.abort();
    expect(await waiting).toBeUndefined();
    expect(slots.waiting).toBe(0);
    release?.();
    expect(slots.running).toBe(0);
  });

  it('gives a slot back once only', async () => {
    const slots = new Slots(2, 10);
    const release = await slots.acquire(never);
    await slots.acquire(never);
    release?.();
    release?.();
    expect(slots.running).toBe(1);
  });

  it('refuses when the queue is full', async () => {
    const slots = new Slots(1, 0);
    await slots.acquire(never);
    await expect(slots.acquire(never)).rejects.toThrow(QueueFullError);
  });
});
