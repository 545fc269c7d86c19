import { AnswerCache } from './AnswerCache';
import { Turns } from './Turns';
import { alignWindow } from './window';
import { Remembered } from '../http';

const { signal } = new AbortController();

describe('AnswerCache', () => {
  function setup() {
    let now = 1_000;
    let asked = 0;
    const cache = new AnswerCache<{ bytes: number; n: number }>({
      now: () => now,
    });
    const get = (key: string, forSeconds = 15) =>
      cache.get(key, {
        forSeconds,
        signal,
        ask: async () => {
          asked += 1;
          return { bytes: 10, n: asked };
        },
      });
    return {
      cache,
      get,
      pass: (ms: number) => {
        now += ms;
      },
      asked: () => asked,
    };
  }

  it('asks once for all who ask while the answer is on its way', async () => {
    const { cache } = setup();
    let answer: (value: { bytes: number; n: number }) => void = () => {};
    const ask = jest.fn(
      () =>
        new Promise<{ bytes: number; n: number }>(resolve => {
          answer = resolve;
        }),
    );
    const all = Array.from({ length: 50 }, () =>
      cache.get('a', { forSeconds: 15, signal, ask }),
    );
    answer({ bytes: 1, n: 7 });
    expect((await Promise.all(all)).every(({ n }) => n === 7)).toBe(true);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('keeps an answer for its step, at most five minutes', async () => {
    const { get, pass, asked } = setup();
    await get('short');
    await get('long', 3_600);
    pass(14_999);
    await get('short');
    expect(asked()).toBe(2);
    pass(2);
    await get('short');
    expect(asked()).toBe(3);
    pass(300_000);
    await get('long', 3_600);
    expect(asked()).toBe(4);
  });

  it('gives up when nobody waits any more, and only then', async () => {
    const { cache } = setup();
    const seen: AbortSignal[] = [];
    const wait = (by: AbortController) =>
      cache
        .get('a', {
          forSeconds: 15,
          signal: by.signal,
          ask: asked => {
            seen.push(asked);
            return new Promise((_resolve, reject) => {
              asked.addEventListener('abort', () => reject(asked.reason));
            });
          },
        })
        .catch(() => 'left');
    const [mia, ida, late] = [1, 2, 3].map(() => new AbortController());
    const waiting = [wait(mia), wait(ida)];
    mia.abort();
    expect(await waiting[0]).toBe('left');
    expect(seen.map(({ aborted }) => aborted)).toEqual([false]);
    ida.abort();
    expect(await waiting[1]).toBe('left');
    expect(seen.map(({ aborted }) => aborted)).toEqual([true]);
    const again = wait(late);
    expect(seen.map(({ aborted }) => aborted)).toEqual([true, false]);
    late.abort();
    expect(await again).toBe('left');
  });

  it('keeps no failure', async () => {
    const { cache, get } = setup();
    await expect(
      cache.get('a', {
        forSeconds: 15,
        signal,
        ask: () => Promise.reject(new Error('gone')),
      }),
    ).rejects.toThrow('gone');
    expect((await get('a')).n).toBe(1);
  });

  it('does not grow without end', async () => {
    const { cache } = setup();
    let asked = 0;
    const get = (key: string) =>
      cache.get(key, {
        forSeconds: 15,
        signal,
        ask: async () => {
          asked += 1;
          return { bytes: 50 * 1024 * 1024, n: 1 };
        },
      });
    await get('a');
    await get('b');
    await get('c');
    await get('c');
    expect(asked).toBe(3);
    await get('a');
    expect(asked).toBe(4);
  });
});

describe('Turns', () => {
  it('lets no more than 500 wait, each for themselves', async () => {
    const turns = new Turns(1);
    let open: () => void = () => {};
    const opened = new Promise<void>(resolve => {
      open = resolve;
    });
    const take = () =>
      turns.take('mia', () => opened).catch(error => error.code);
    const taken: Array<Promise<unknown>> = [
      // 500 wait for a moment, then the first of them works
      ...Array.from({ length: 501 }, take),
      turns.take('erik', async () => {}),
    ];
    open();
    expect((await Promise.all(taken)).filter(Boolean)).toEqual(['too_many']);
    expect(await take()).toBeUndefined();
  });
});

describe('alignWindow', () => {
  it('puts both ends on multiples of the step', () => {
    expect(
      alignWindow({ from: 61_000, to: 3_629_999, stepSeconds: 30 }),
    ).toEqual({ start: 60, end: 3_600, step: 30 });
  });

  it('knows steps of less than a second', () => {
    expect(alignWindow({ from: 1_234, to: 2_345, stepSeconds: 0.1 })).toEqual({
      start: 1.2,
      end: 2.3,
      step: 0.1,
    });
  });

  it('never has more than 11,000 points', () => {
    const year = 365 * 24 * 3_600_000;
    for (const stepSeconds of [0.001, 1, 15, 59, 3_600]) {
      const { start, end, step } = alignWindow({
        from: 7,
        to: 7 + year,
        stepSeconds,
      });
      expect((end - start) / step).toBeLessThanOrEqual(11_000);
      expect((step / stepSeconds) % 1).toBeCloseTo(0);
    }
  });

  it('is one moment where the range is', () => {
    expect(alignWindow({ from: 5_000, to: 5_000, stepSeconds: 5 })).toEqual({
      start: 5,
      end: 5,
      step: 5,
    });
  });
});

describe('Remembered', () => {
  it('asks again when time has passed or it failed, and not before', async () => {
    let now = 0;
    const ask = jest.fn(async () => 'answer');
    const remembered = new Remembered<string>(100, () => now);
    await expect(
      remembered.get(() => Promise.reject(new Error('gone'))),
    ).rejects.toThrow('gone');
    await Promise.all([remembered.get(ask), remembered.get(ask)]);
    now = 99;
    await remembered.get(ask);
    expect(ask).toHaveBeenCalledTimes(1);
    now = 100;
    await remembered.get(ask);
    expect(ask).toHaveBeenCalledTimes(2);
  });
});
