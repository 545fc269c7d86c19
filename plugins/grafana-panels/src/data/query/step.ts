import { rangeUtil } from '@grafana/data';
import {
  interpolateText,
  parseDuration,
  type Panel,
  type Target,
  type VariableScope,
} from '@llm-platform/plugin-grafana-panels-common';
import type { TimeRangeMs } from '../types';

/** How often a Prometheus reads, where nothing says otherwise: Grafana's default, too. */
const DEFAULT_SCRAPE_MS = 15_000;

/** Prometheus answers no more points than this. */
const MAX_POINTS = 11_000;

/** The protocol has whole seconds, and nobody scrapes more often. */
const SHORTEST_STEP_MS = 1_000;

/** Distance of two points, and what `$__rate_interval` is with it; milliseconds. */
export interface Step {
  stepMs: number;
  rateIntervalMs: number;
}

/**
 * The step of a query as Grafana computes it: a round one so that there are about as many points as pixels, not shorter than
 * the query's (or else the panel's) minimum, times the query's factor. `$__rate_interval` is long enough for two samples.
 */
export function stepOf(
  panel: Pick<Panel, 'interval' | 'maxDataPoints'>,
  target: Pick<Target, 'interval' | 'intervalFactor'>,
  range: TimeRangeMs,
  width: number,
  scope: VariableScope,
): Step {
  const ownMin = durationOf(target.interval, scope);
  const min = ownMin ?? durationOf(panel.interval, scope) ?? DEFAULT_SCRAPE_MS;
  const points = Math.max(1, panel.maxDataPoints ?? Math.round(width));
  const length = Math.max(0, range.to - range.from);
  const calculated = Math.max(
    rangeUtil.roundInterval(length / points),
    min,
    Math.ceil(length / MAX_POINTS),
    SHORTEST_STEP_MS,
  );
  const stepMs = calculated * target.intervalFactor;
  const scrapeMs = ownMin ?? DEFAULT_SCRAPE_MS;
  const rateIntervalMs = Math.max(stepMs + scrapeMs, 4 * scrapeMs);
  return /\$\{?__rate_interval\}?/.test(target.interval ?? '')
    ? { stepMs: rateIntervalMs, rateIntervalMs }
    : { stepMs, rateIntervalMs };
}

function durationOf(
  text: string | undefined,
  scope: VariableScope,
): number | undefined {
  return text === undefined
    ? undefined
    : parseDuration(interpolateText(text, scope, 'raw'));
}
