import { ServiceError } from '../errors';
import { Health } from '../health';
import { createLogger } from '../http';
import { until } from '../testing';
import { ModelMonitor } from './ModelMonitor';

// On machines that have other work.
jest.setTimeout(30_000);

describe('ModelMonitor', () => {
  let health: Health;
  let checks: number;
  let problem: Error | undefined;
  /** How often it is thrown. */
  let failures: number;
  let lines: string[];
  let monitor: ModelMonitor;

  const start = (checksAreFree: boolean) => {
    health = new Health(['model']);
    checks = 0;
    lines = [];
    const logger = createLogger({
      service: 's',
      destination: { write: line => lines.push(line) },
    });
    monitor = new ModelMonitor({
      client: {
        checksAreFree,
        check: async () => {
          checks += 1;
          if (problem && failures > 0) {
            failures -= 1;
            throw problem;
          }
        },
      },
      health,
      condition: 'model',
      intervalMs: 1,
      timeoutMs: 1000,
      logger,
    });
    monitor.start();
  };

  beforeEach(() => {
    problem = undefined;
    failures = Infinity;
  });

  afterEach(() => monitor.stop());

  it('follows the backend: there, gone, back', async () => {
    problem = new Error('refused');
    start(true);
    await until(() => checks > 2);
    expect(health.state).toBe('starting');
    expect(health.report().conditions.model.detail).toBe('refused');
    problem = undefined;
    await until(() => health.state === 'ready');
    problem = new Error('gone');
    await until(() => health.state === 'degraded');
    problem = undefined;
    await until(() => health.state === 'ready');
    const said = lines.map(line => JSON.parse(line).msg);
    expect(said).toEqual([
      'the model does not answer',
      'the model answers',
      'the model does not answer',
      'the model answers',
    ]);
  });

  it('does not believe a single failure', async () => {
    start(true);
    await until(() => health.state === 'ready');
    const states = new Set<string>();
    const set = health.set.bind(health);
    health.set = (name, ok, detail) => {
      set(name, ok, detail);
      states.add(health.state);
    };
    const seen = checks;
    failures = 1;
    problem = new Error('hiccup');
    await until(() => checks > seen + 3);
    expect(failures).toBe(0);
    expect([...states]).toEqual(['ready']);
  });

  it('asks a backend that charges only until it answers, and when in doubt', async () => {
    problem = new Error('not yet');
    start(false);
    await until(() => checks >= 3);
    problem = undefined;
    await until(() => health.state === 'ready');
    const paid = checks;
    monitor.doubt(new ServiceError('invalid_request', 'their own fault'));
    monitor.doubt(new Error('unknown'));
    await new Promise(resolve => setTimeout(resolve, 20));
    expect(checks).toBe(paid);

    problem = new Error('gone');
    monitor.doubt(new ServiceError('model_unavailable', 'gone'));
    await until(() => health.state === 'degraded');
    problem = undefined;
    await until(() => health.state === 'ready');
  });
});
