import { V1Container } from '@kubernetes/client-node';
import { createProbeCounter } from './counter';
import { ProbeResult, executeProbe } from './execute';
import { startProber } from './prober';

describe('createProbeCounter', () => {
  it('wants results in a row', () => {
    const counter = createProbeCounter({
      successThreshold: 2,
      failureThreshold: 3,
    });
    const verdicts = [true, true, false, false, true, false, false, false].map(
      result => counter.add(result),
    );
    expect(verdicts).toEqual([
      undefined,
      true,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      false,
    ]);
  });
});

describe('startProber', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const http = (path: string) => ({ httpGet: { path, port: 8000 } });

  function start(container: Partial<V1Container>) {
    const answers = new Map<string, ProbeResult>();
    const calls: string[] = [];
    const seen: string[] = [];
    const prober = startProber({
      container: { name: 'main', ...container },
      target: {
        bindAddress: '127.0.0.1',
        podIP: '10.244.0.2',
        container: { name: 'main' },
      },
      onStarted: () => seen.push('started'),
      onReady: ready => seen.push(ready ? 'ready' : 'unready'),
      onUnhealthy: kind => seen.push(`kill: ${kind}`),
      onEvent: message => seen.push(message),
      execute: async probe => {
        const path = probe.httpGet?.path ?? '';
        calls.push(path);
        return answers.get(path) ?? { result: 'success' };
      },
    });
    return { prober, answers, calls, seen };
  }
  const fail: ProbeResult = { result: 'failure', output: 'refused' };

  it('calls a container without probes ready at once', () => {
    expect(start({}).seen).toEqual(['started', 'ready']);
  });

  it('waits with the others until the startup probe has succeeded', async () => {
    const { answers, calls, seen, prober } = start({
      startupProbe: {
        ...http('/start'),
        periodSeconds: 5,
        failureThreshold: 9,
      },
      readinessProbe: http('/ready'),
      livenessProbe: http('/live'),
    });
    answers.set('/start', fail);
    await jest.advanceTimersByTimeAsync(6_000);
    expect(calls).toEqual(['/start', '/start']);
    expect(seen).toEqual([
      'Startup probe failed: refused',
      'Startup probe failed: refused',
    ]);
    answers.delete('/start');
    await jest.advanceTimersByTimeAsync(5_000);
    expect(seen.slice(2)).toEqual(['started', 'ready']);
    expect(new Set(calls)).toEqual(new Set(['/start', '/ready', '/live']));
    prober.stop();
  });

  it('kills when the startup probe has failed too often', async () => {
    const { answers, seen } = start({
      startupProbe: {
        ...http('/start'),
        periodSeconds: 1,
        failureThreshold: 2,
      },
    });
    answers.set('/start', fail);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(seen).toEqual([
      'Startup probe failed: refused',
      'Startup probe failed: refused',
      'kill: startup',
    ]);
  });

  it('becomes unready and ready again, and is not killed for it', async () => {
    const { answers, seen, prober } = start({
      readinessProbe: {
        ...http('/ready'),
        periodSeconds: 1,
        failureThreshold: 2,
      },
    });
    await jest.advanceTimersByTimeAsync(500);
    expect(seen).toEqual(['started', 'ready']);
    answers.set('/ready', fail);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(seen.slice(2)).toEqual([
      'Readiness probe failed: refused',
      'Readiness probe failed: refused',
      'unready',
    ]);
    answers.delete('/ready');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(seen.at(-1)).toBe('ready');
    prober.stop();
  });

  it('kills once when the liveness probe has failed too often', async () => {
    const { answers, seen } = start({
      livenessProbe: {
        ...http('/live'),
        periodSeconds: 1,
        initialDelaySeconds: 3,
        failureThreshold: 1,
      },
    });
    answers.set('/live', fail);
    await jest.advanceTimersByTimeAsync(2_900);
    expect(seen).toEqual(['started', 'ready']);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(seen.slice(2)).toEqual([
      'Liveness probe failed: refused',
      'kill: liveness',
    ]);
  });

  it('neither passes nor kills by a probe it can’t carry out', async () => {
    const { answers, seen, prober } = start({
      livenessProbe: {
        ...http('/live'),
        periodSeconds: 1,
        failureThreshold: 1,
      },
      readinessProbe: { ...http('/ready'), periodSeconds: 60 },
    });
    answers.set('/live', { result: 'errored', output: 'unsupported' });
    answers.set('/ready', { result: 'errored', output: 'unsupported' });
    await jest.advanceTimersByTimeAsync(3_000);
    expect(seen).not.toContain('ready');
    expect(seen).not.toContain('kill: liveness');
    expect(seen).toContain(
      'Liveness probe errored and resulted in unknown state: unsupported',
    );
    prober.stop();
  });

  it('takes a probe that can’t be sent for a failed one, and goes on', async () => {
    const seen: string[] = [];
    startProber({
      container: {
        name: 'main',
        livenessProbe: {
          ...http('/a b'),
          periodSeconds: 1,
          failureThreshold: 2,
        },
      },
      target: {
        bindAddress: '127.0.0.1',
        podIP: '10.244.0.2',
        container: { name: 'main' },
      },
      onStarted: () => {},
      onReady: () => {},
      onUnhealthy: kind => seen.push(`kill: ${kind}`),
      onEvent: message => seen.push(message),
      execute: executeProbe,
    });
    await jest.advanceTimersByTimeAsync(5_000);
    expect(seen).toEqual([
      expect.stringContaining('Liveness probe failed: '),
      expect.stringContaining('Liveness probe failed: '),
      'kill: liveness',
    ]);
  });

  it('says nothing any more once stopped', async () => {
    const { calls, seen, prober } = start({ readinessProbe: http('/ready') });
    prober.stop();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(calls).toEqual([]);
    expect(seen).toEqual(['started']);
  });
});
