import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RawTimeRange } from '@llm-platform/plugin-grafana-panels-common';
import type { TimeRangeMs } from '../../data/types';
import { refreshMs } from './intervals';
import { isLive, resolveRange, write } from './timeRange';

/** Shown where the asked range is none. */
const FALLBACK_MS = 3_600_000;

export interface LiveTimeRange {
  /** What is shown, as an address has it. */
  raw: RawTimeRange;
  /** What is wrong with the asked range. */
  error?: string;
  range: TimeRangeMs;
  /** Unix milliseconds at which the range was last read; a refresh changes it even where the range stays the same. */
  readAt: number;
  /** Moves a relative range to the present moment, and has everything in it read again. */
  refresh: () => void;
}

/**
 * A range in milliseconds that is read again at an interval and on demand. All panels of a dashboard get the
 * same one, so they show the same moment. Nothing is read while the page is in the background; coming back reads at once.
 */
export function useTimeRange(options: {
  raw: RawTimeRange;
  /** `30s`; anything else is off. */
  refresh: string | undefined;
  timeZone: string;
}): LiveTimeRange {
  const { timeZone } = options;
  const { from, to } = options.raw;
  const [now, setNow] = useState(() => Date.now());
  const refresh = useCallback(() => setNow(Date.now()), []);

  const interval = refreshMs(options.refresh);
  const live = isLive({ from, to });
  useEffect(() => {
    if (interval === undefined || !live) {
      return undefined;
    }
    let missed = false;
    const timer = setInterval(() => {
      if (document.hidden) {
        missed = true;
      } else {
        refresh();
      }
    }, interval);
    const comeBack = () => {
      if (!document.hidden && missed) {
        missed = false;
        refresh();
      }
    };
    document.addEventListener('visibilitychange', comeBack);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', comeBack);
    };
  }, [interval, live, refresh]);

  // Another range counts from the moment of its choice.
  const [chosen, setChosen] = useState(`${from} ${to}`);
  if (chosen !== `${from} ${to}`) {
    setChosen(`${from} ${to}`);
    setNow(Date.now());
  }

  return useMemo(() => {
    const asked = resolveRange({ from, to }, now, timeZone);
    if (asked) {
      return { raw: { from, to }, range: asked, readAt: now, refresh };
    }
    const range = { from: now - FALLBACK_MS, to: now };
    return {
      raw: write(range),
      range,
      readAt: now,
      error: `From ${from} to ${to} is no time range; the last hour is shown.`,
      refresh,
    };
  }, [from, to, timeZone, now, refresh]);
}
