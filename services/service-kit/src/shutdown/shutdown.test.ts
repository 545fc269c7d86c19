import { Health } from '../health';
import { shutDown } from './shutdown';

describe('shutDown', () => {
  it('turns unready, then closes, and forces nothing that ends in time', async () => {
    const health = new Health();
    const steps: string[] = [];
    await shutDown({
      health,
      drainDelayMs: 0,
      graceMs: 60_000,
      close: async () => {
        steps.push(`close while ${health.state}`);
      },
      force: () => steps.push('force'),
      log: message => steps.push(message),
    });
    expect(steps).toEqual(['draining', 'close while draining', 'stopped']);
  });

  it('ends what is still running after the grace period', async () => {
    let forced = () => {};
    const closed = new Promise<void>(resolve => {
      forced = resolve;
    });
    const steps: string[] = [];
    await shutDown({
      health: new Health(),
      drainDelayMs: 0,
      graceMs: 1,
      close: () => closed,
      force: () => {
        steps.push('force');
        forced();
      },
      log: () => {},
    });
    expect(steps).toEqual(['force']);
  });
});
