import type { ServiceLogger } from '@llm-platform/service-kit';
import type { Registry } from 'prom-client';
import type { Credential } from '../credentials';
import { LimitMetrics } from './LimitMetrics';
import { Limits } from './Limits';
import type { LimitsSource } from './limitsConfig';
import type { SharedLimitsOptions } from './redis';
import type { Admission } from './types';

/** @public */
export interface WatchedLimitsOptions {
  logger: ServiceLogger;
  registry: Registry;
  now: () => number;
  /** The application keys that are valid now; their limits are shown in the metrics. */
  keys: () => Iterable<Credential>;
  /** Left out, only keys have limits. */
  source?: LimitsSource;
  shared?: SharedLimitsOptions;
}

/** Limits as the gateway has them: configured by a source, with metrics and log lines. @public */
export interface WatchedLimits {
  admission: Admission;
  /** `report`: whether a valid configuration was read; one that breaks later changes nothing. */
  start(report: (ok: boolean, detail?: string) => void): void;
  stop(): Promise<void>;
}

/** @public */
export function watchedLimits(options: WatchedLimitsOptions): WatchedLimits {
  const { logger, source, shared } = options;
  const log = logger.child({ source: 'limits' });
  const metrics = new LimitMetrics(options.registry, shared !== undefined);
  const limits = new Limits({
    now: options.now,
    ...(shared && { shared }),
    onRefused: refused => metrics.onRefused(refused),
    onSharing: state => {
      metrics.onSharing(state.shared);
      if (state.shared) {
        log.info('counters of limits are shared in Redis');
      } else {
        log.warn(
          { reason: state.reason },
          shared?.whenAway === 'closed'
            ? 'Redis is away: requests with limits are refused until it is back'
            : 'Redis is away: this replica counts limits alone until it is back',
        );
      }
    },
    onUnpriced: model =>
      log.warn(
        { model },
        'a money budget applies to a model that has no price: it counts as free',
      ),
  });
  metrics.showAccounts(() => limits.size);
  metrics.showStandings(() => limits.standings(options.keys()));
  return {
    admission: limits,
    start(report) {
      let isConfigured = false;
      source?.start({
        onLimits: config => {
          limits.configure(config);
          isConfigured = true;
          report(true);
        },
        onProblem: message => {
          log.warn(message);
          if (!isConfigured) {
            report(false, message);
          }
        },
      });
    },
    async stop() {
      await Promise.all([source?.stop(), limits.close()]);
    },
  };
}
