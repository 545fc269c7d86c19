import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startDeadline } from './deadline';

describe('startDeadline', () => {
  it('aborts with the other signal and its reason', () => {
    const other = new AbortController();
    const deadline = startDeadline(60_000, other.signal);
    expect(deadline.signal.aborted).toBe(false);
    other.abort(new Error('the client left'));
    expect(deadline.signal.reason).toEqual(new Error('the client left'));
    expect(deadline.hasPassed).toBe(false);
    deadline.done();
    const late = startDeadline(60_000, other.signal);
    expect(late.signal.aborted).toBe(true);
    late.done();
  });

  it('aborts when the time is over', async () => {
    const deadline = startDeadline(10, undefined);
    await new Promise(resolve =>
      deadline.signal.addEventListener('abort', resolve),
    );
    expect(deadline.signal.reason.name).toBe('TimeoutError');
    expect(deadline.hasPassed).toBe(true);
    deadline.done();
  });

  it('leaves nothing behind of calls that are over', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const wholeProcess = new AbortController();
    const used = () => {
      collect();
      return process.memoryUsage().heapUsed;
    };
    const before = used();
    for (let i = 0; i < 10_000; i += 1) {
      startDeadline(60_000, wholeProcess.signal).done();
    }
    expect(used() - before).toBeLessThan(4_000_000);
  });
});
