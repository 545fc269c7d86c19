import type { LimitsConfig } from '../limits';
import { FakeCluster } from '../testing/FakeCluster';
import { KubernetesLimitsSource } from './KubernetesLimitsSource';

const labels = { 'llm-platform.dev/config': 'gateway-limits' };

describe('KubernetesLimitsSource', () => {
  let cluster: FakeCluster;
  let source: KubernetesLimitsSource;
  let configs: LimitsConfig[];
  let problems: string[];
  let onChange: (() => void) | undefined;

  /** Waits until as many have come. */
  function until(count: { configs?: number; problems?: number }) {
    return new Promise<void>(resolve => {
      onChange = () => {
        if (
          configs.length >= (count.configs ?? 0) &&
          problems.length >= (count.problems ?? 0)
        ) {
          resolve();
        }
      };
      onChange();
    });
  }

  function write(text: string, name = 'gateway-limits') {
    cluster.put('platform', 'configmaps', {
      metadata: { name, labels },
      data: { 'limits.yaml': text },
    });
  }

  beforeEach(async () => {
    configs = [];
    problems = [];
    cluster = await FakeCluster.start();
    source = new KubernetesLimitsSource(cluster.kubeConfig(), 'platform');
    source.start({
      onLimits: config => {
        configs.push(config);
        onChange?.();
      },
      onProblem: message => {
        problems.push(message);
        onChange?.();
      },
    });
    await until({ configs: 1 });
    await cluster.watching('platform', 'configmaps');
  });

  afterEach(async () => {
    await source.stop();
    await cluster.stop();
  });

  it('limits nobody where there is no ConfigMap', () => {
    expect(configs).toHaveLength(1);
    expect(configs[0].teams.size).toBe(0);
  });

  it('reads the labelled ConfigMap and follows it, also to its end', async () => {
    write('teams:\n  quant:\n    requestsPerMinute: 60\n');
    await until({ configs: 2 });
    expect(configs[1].teams.get('quant')?.[0]).toBe(60);
    write('teams: { quant: { requestsPerMinute: 5 } }');
    await until({ configs: 3 });
    expect(configs[2].teams.get('quant')?.[0]).toBe(5);
    cluster.delete('platform', 'configmaps', 'gateway-limits');
    await until({ configs: 4 });
    expect(configs[3].teams.size).toBe(0);
    expect(problems).toEqual([]);
  });

  it('keeps what it has where the ConfigMap breaks, and lists every problem', async () => {
    write('teams: { quant: { requestsPerMinute: 60 } }');
    await until({ configs: 2 });
    write('teams: { quant: { rpm: 60 } }\nperson: { concurrent: many }');
    await until({ problems: 2 });
    expect(problems).toEqual([
      expect.stringMatching(/'gateway-limits'.*teams\.quant.*"rpm"/),
      expect.stringContaining('person.concurrent must be a number'),
    ]);
    write('teams: [');
    await until({ problems: 3 });
    expect(problems[2]).toContain('is not YAML');
    cluster.put('platform', 'configmaps', {
      metadata: { name: 'gateway-limits', labels },
    });
    await until({ problems: 4 });
    expect(problems[3]).toContain('limits.yaml: is missing');
    expect(configs).toHaveLength(2);
  });

  it('does not choose between two', async () => {
    write('person: { concurrent: 1 }');
    await until({ configs: 2 });
    write('person: { concurrent: 1000 }', 'another');
    await until({ problems: 1 });
    expect(problems).toEqual([
      expect.stringContaining('another, gateway-limits'),
    ]);
    expect(configs).toHaveLength(2);
  });
});
