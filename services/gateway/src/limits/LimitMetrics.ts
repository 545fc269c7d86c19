import { Counter, Gauge, type Registry } from 'prom-client';
import type { RefusedLimit } from './refusal';

/** Metrics of limits. Label values are from two short lists, never names. */
export class LimitMetrics {
  private readonly rejections: Counter<'scope' | 'limit'>;
  private readonly shared: Gauge;

  constructor(private readonly registry: Registry, isShared: boolean) {
    this.rejections = new Counter({
      name: 'llm_gateway_limit_rejections_total',
      help: 'Requests refused by a limit, by whose it is and which.',
      labelNames: ['scope', 'limit'],
      registers: [registry],
    });
    this.shared = new Gauge({
      name: 'llm_gateway_limits_shared',
      help: '1 while the counters of limits are shared with other replicas, 0 while this one counts alone.',
      registers: isShared ? [registry] : [],
    });
  }

  /** `counted` is asked at each scrape. */
  showAccounts(counted: () => number): void {
    this.registry.registerMetric(
      new Gauge({
        name: 'llm_gateway_limit_accounts',
        help: 'Keys, teams and people whose use is being counted.',
        registers: [],
        collect() {
          this.set(counted());
        },
      }),
    );
  }

  onRefused({ scope, limit }: RefusedLimit): void {
    this.rejections.labels(scope, limit).inc();
  }

  onSharing(isShared: boolean): void {
    this.shared.set(isShared ? 1 : 0);
  }
}
