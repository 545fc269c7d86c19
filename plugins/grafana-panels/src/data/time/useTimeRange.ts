import type { RawTimeRange } from '@llm-platform/plugin-grafana-panels-common';
import type { TimeRangeMs } from '../types';

export interface LiveTimeRange {
  range: TimeRangeMs;
  /** What is wrong with the raw range; `range` is then the last hour. */
  error?: string;
  /** Moves a relative range to the present moment. */
  refresh: () => void;
}

/**
 * The range that a raw one (`now-6h`, `now/d`, an ISO time, Unix milliseconds) means now; moves on at every `refresh`
 * (`30s`; undefined or empty: never).
 */
export function useTimeRange(options: {
  raw: RawTimeRange;
  refresh?: string;
  timeZone: string;
}): LiveTimeRange {
  throw new Error(`not built yet: ${options.raw.from}`);
}
