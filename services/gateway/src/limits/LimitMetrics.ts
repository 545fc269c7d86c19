import { Counter, Gauge, type Registry } from 'prom-client';
import type { RefusedLimit } from './refusal';
import type { Standing } from './standings';

const STANDING_LABELS = ['scope', 'team', 'key', 'limit'] as const;

/**
 * Metrics of limits. Label values are teams and ids of keys that exist, and
 * two short lists: who has limits, and which; never a person.
 */
export class LimitMetrics {
  private readonly rejections: Counter<'scope' | 'limit' | 'team'>;
  private readonly shared: Gauge;

  constructor(private readonly registry: Registry, isShared: boolean) {
    this.rejections = new Counter({
      name: 'llm_gateway_limit_rejections_total',
      help: 'Requests refused by a limit, by whose it is, which, and the team that asked.',
      labelNames: ['scope', 'limit', 'team'],
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

  /** `standings` is asked at each scrape, once per metric. */
  showStandings(standings: () => Standing[]): void {
    const show = (
      name: string,
      help: string,
      valueOf: (standing: Standing) => number,
    ) =>
      this.registry.registerMetric(
        new Gauge({
          name,
          help,
          labelNames: STANDING_LABELS,
          registers: [],
          collect() {
            // A key that was revoked, or a limit that was lifted, leaves no series.
            this.reset();
            for (const standing of standings()) {
              const { scope, team, key, limit } = standing;
              this.set({ scope, team, key, limit }, valueOf(standing));
            }
          },
        }),
      );
    show(
      'llm_gateway_limit',
      'The limits of teams and keys; money in US dollars. `key` is the id of an application key, empty for a team.',
      standing => standing.allowed,
    );
    show(
      'llm_gateway_limit_used',
      'What teams and keys have used or reserved of their limits in the present period, as far as this replica knows.',
      standing => standing.used,
    );
  }

  onRefused({ scope, limit, team }: RefusedLimit): void {
    this.rejections.labels(scope, limit, team).inc();
  }

  onSharing(isShared: boolean): void {
    this.shared.set(isShared ? 1 : 0);
  }
}
