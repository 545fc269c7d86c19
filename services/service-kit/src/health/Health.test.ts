import { Health } from './Health';

describe('Health', () => {
  it('is ready at once where nothing is waited for', () => {
    expect(new Health().state).toBe('ready');
    expect(new Health().started).toBe(true);
  });

  it('goes from starting over ready and degraded to draining', () => {
    const health = new Health(['routes', 'keys']);
    expect(health.state).toBe('starting');
    health.set('routes', true);
    expect(health.state).toBe('starting');
    health.set('keys', true);
    expect(health.state).toBe('ready');
    health.set('keys', false, 'no answer');
    expect(health.state).toBe('degraded');
    expect(health.started).toBe(true);
    expect(health.report().conditions.keys).toEqual({
      ok: false,
      detail: 'no answer',
    });
    health.set('keys', true);
    health.drain();
    expect(health.state).toBe('draining');
    health.set('keys', true);
    expect(health.state).toBe('draining');
  });

  it('reports what nothing waits for', () => {
    const health = new Health([], ['model']);
    expect(health.state).toBe('ready');
    health.set('model', false, 'gone');
    expect(health.report()).toEqual({
      state: 'ready',
      conditions: { model: { ok: false, detail: 'gone' } },
    });
  });

  it('does not take a condition that nobody declared', () => {
    expect(() => new Health(['a']).set('b', true)).toThrow(/'b'/);
  });
});
