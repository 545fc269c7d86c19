import { rangeUtil } from '@grafana/data';

/** Sooner asks Prometheus for points that it hasn't scraped. */
const MIN_REFRESH_MS = 5_000;
/** What a browser's timer can count. */
const MAX_REFRESH_MS = 2 ** 31 - 1;

/** Milliseconds of `30s`, `1m`; undefined for off and for what is none. */
export function refreshMs(interval: string | undefined): number | undefined {
  const milliseconds = interval ? millisecondsOf(interval) : undefined;
  return milliseconds !== undefined && milliseconds > 0
    ? Math.min(Math.max(milliseconds, MIN_REFRESH_MS), MAX_REFRESH_MS)
    : undefined;
}

/** Grafana's own check of an interval translates the names of all its ranges, which is slow. */
function millisecondsOf(interval: string): number | undefined {
  try {
    return rangeUtil.intervalToMs(interval);
  } catch {
    return undefined;
  }
}
