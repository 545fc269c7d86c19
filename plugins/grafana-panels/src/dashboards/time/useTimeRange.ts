import { useCallback, useEffect, useMemo, useState } from 'react';
import type { RawTimeRange } from '@llm-platform/plugin-grafana-panels-common';
import type { TimeRangeMs } from '../../data/types';
import { refreshMs } from './intervals';
import { DEFAULT_RANGE, isLive, resolveRange } from './timeRange';

export interface LiveTimeRange {
  /** What is shown: the asked range, or the default where that is none. */
  raw: RawTimeRange;
  range: TimeRangeMs;
  /** Counts the readings, so that a fixed range can be read again, too. */
  reading: number;
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
  const [tick, setTick] = useState(() => ({ now: Date.now(), reading: 0 }));
  const refresh = useCallback(
    () => setTick(({ reading }) => ({ now: Date.now(), reading: reading + 1 })),
    [],
  );

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
    setTick(({ reading }) => ({ now: Date.now(), reading: reading + 1 }));
  }

  return useMemo(() => {
    const asked = resolveRange({ from, to }, tick.now, timeZone);
    const raw = asked ? { from, to } : DEFAULT_RANGE;
    return {
      raw,
      range: asked ??
        resolveRange(DEFAULT_RANGE, tick.now, timeZone) ?? {
          from: tick.now - 3_600_000,
          to: tick.now,
        },
      reading: tick.reading,
      refresh,
    };
  }, [from, to, timeZone, tick, refresh]);
}
