import { Registry } from 'prom-client';
import { SeriesCounter, SeriesGauge, SeriesHistogram } from './series';

describe('series', () => {
  let registry: Registry;

  beforeEach(() => {
    registry = new Registry();
    registry.setDefaultLabels({ service: 's' });
  });

  const lines = async () =>
    (await registry.metrics())
      .split('\n')
      .filter(line => line && !line.startsWith('#'));

  it('count by label values', async () => {
    const counter = new SeriesCounter(registry, {
      name: 'c_total',
      help: 'h',
      labelNames: ['team', 'model'],
    });
    counter.of('a', 'm').inc();
    counter.of('a', 'm').inc(2);
    counter.of('b', 'm"\n').inc();
    expect(await lines()).toEqual([
      'c_total{team="a",model="m",service="s"} 3',
      'c_total{team="b",model="m\\"\\n",service="s"} 1',
    ]);
    expect(await registry.metrics()).toContain('# TYPE c_total counter');
  });

  it('go up and down', async () => {
    const gauge = new SeriesGauge(registry, {
      name: 'g',
      help: 'h',
      labelNames: ['model'],
    });
    gauge.of('m').inc();
    gauge.of('m').dec();
    gauge.of('n').set(7);
    expect(await lines()).toEqual([
      'g{model="m",service="s"} 0',
      'g{model="n",service="s"} 7',
    ]);
  });

  it('count observations by bucket as Prometheus wants it', async () => {
    const histogram = new SeriesHistogram(registry, {
      name: 'h_seconds',
      help: 'h',
      labelNames: ['model'],
      buckets: [0.1, 1],
    });
    for (const value of [0.05, 0.1, 0.5, 3]) {
      histogram.of('m').observe(value);
    }
    expect(await lines()).toEqual([
      'h_seconds_bucket{le="0.1",model="m",service="s"} 2',
      'h_seconds_bucket{le="1",model="m",service="s"} 3',
      'h_seconds_bucket{le="+Inf",model="m",service="s"} 4',
      'h_seconds_sum{model="m",service="s"} 3.65',
      'h_seconds_count{model="m",service="s"} 4',
    ]);
    expect(await registry.metrics()).toContain('# TYPE h_seconds histogram');
  });
});
