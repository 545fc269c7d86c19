import {
  dateMath,
  dateTimeFormat,
  dateTimeParse,
  rangeUtil,
} from '@grafana/data';
import type { RawTimeRange } from '@llm-platform/plugin-grafana-panels-common';
import { plural } from '@llm-platform/plugin-models-react';
import type { TimeRangeMs } from '../../data/types';

/** Below this there is nothing to see between two points of Prometheus. */
const MIN_WIDTH_MS = 1_000;

/** What the picker offers, shortest first. */
export const QUICK_RANGES: readonly RawTimeRange[] = [
  'now-5m',
  'now-15m',
  'now-30m',
  'now-1h',
  'now-3h',
  'now-6h',
  'now-12h',
  'now-24h',
  'now-2d',
  'now-7d',
  'now-30d',
].map(from => ({ from, to: 'now' }));

/**
 * Unix milliseconds of a range, or undefined where a side is no time or the end isn't after the start.
 * Both sides have the same `now`.
 */
export function resolveRange(
  raw: RawTimeRange,
  now: number,
  timeZone: string,
): TimeRangeMs | undefined {
  const from = resolveTime(raw.from, now, timeZone, false);
  const to = resolveTime(raw.to, now, timeZone, true);
  return from !== undefined && to !== undefined && to - from >= MIN_WIDTH_MS
    ? { from, to }
    : undefined;
}

/** @param roundUp - `now/d` as an end is the end of the day. */
function resolveTime(
  text: string,
  now: number,
  timeZone: string,
  roundUp: boolean,
): number | undefined {
  const trimmed = text.trim();
  // Eight digits are a date to Grafana, and as milliseconds would be 1970.
  if (/^\d{1,15}$/.test(trimmed) && trimmed.length !== 8) {
    return Number(trimmed);
  }
  const value = dateMath.isMathString(trimmed)
    ? dateMath
        .toDateTime(trimmed, {
          now,
          roundUp,
          timezone: timeZone,
        })
        ?.valueOf()
    : parseWritten(trimmed, timeZone);
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

const WRITTEN =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:\.\d+)?)?)?(Z|[+-]\d{2}:\d{2})?$/;

/** `2026-11-23 08:00` and Grafana's `20261123T080000`; without a zone in the dashboard's. */
function parseWritten(text: string, timeZone: string): number | undefined {
  const match = WRITTEN.exec(text);
  if (!match) {
    return undefined;
  }
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone] =
    match;
  const date = `${year}-${month}-${day}`;
  const time = `${hour}:${minute}:${second}`;
  return zone
    ? Date.parse(`${date}T${time}${zone}`)
    : dateTimeParse(`${date} ${time}`, { timeZone }).valueOf();
}

/** `Last 6 hours`, or both ends as times. */
export function describeRange(raw: RawTimeRange, timeZone: string): string {
  const range = resolveRange(raw, Date.now(), timeZone);
  if (!range) {
    return 'No valid range';
  }
  const last = raw.to.trim() === 'now' ? describeLast(raw.from) : undefined;
  if (last) {
    return last;
  }
  if (dateMath.isMathString(raw.from) && dateMath.isMathString(raw.to)) {
    return rangeUtil.describeTimeRange(raw, timeZone);
  }
  return `${writeTime(range.from, timeZone)} to ${writeTime(
    range.to,
    timeZone,
  )}`;
}

const UNITS: Readonly<Record<string, string>> = {
  s: 'second',
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  M: 'month',
  y: 'year',
};

/**
 * `Last 6 hours` of `now-6h`. Grafana's own description says the same, but translates the names of all its ranges for it,
 * which takes longer than anything else in the toolbar.
 */
function describeLast(from: string): string | undefined {
  const match = /^now-(\d+)([smhdwMy])$/.exec(from.trim());
  return match
    ? `Last ${plural(Number(match[1]), UNITS[match[2]])}`
    : undefined;
}

/** `2026-11-23 08:05:12` in the dashboard's zone; `resolveRange` reads it back. */
export function writeTime(time: number, timeZone: string): string {
  return dateTimeFormat(time, { timeZone, format: 'YYYY-MM-DD HH:mm:ss' });
}

/** Whether the range moves with the clock, so that reading it again shows more. */
export function isLive(raw: RawTimeRange): boolean {
  return dateMath.isMathString(raw.to);
}

/** The same length, half of it earlier or later; a range into the future ends now. */
export function shiftRange(
  range: TimeRangeMs,
  direction: -1 | 1,
  now: number,
): RawTimeRange {
  const width = range.to - range.from;
  const to = range.to + (direction * width) / 2;
  const end = direction > 0 ? Math.max(Math.min(to, now), range.to) : to;
  return write({ from: end - width, to: end });
}

/** Twice the length around the same middle. */
export function zoomOut(range: TimeRangeMs): RawTimeRange {
  const half = (range.to - range.from) / 2;
  return write({
    from: Math.max(0, range.from - half),
    to: range.to + half,
  });
}

/** A range of milliseconds as an address has it. */
export function write(range: TimeRangeMs): RawTimeRange {
  return {
    from: String(Math.round(range.from)),
    to: String(Math.round(range.to)),
  };
}
