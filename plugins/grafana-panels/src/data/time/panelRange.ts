import { rangeUtil } from '@grafana/data';
import {
  interpolateText,
  parseDuration,
  type Panel,
  type VariableScope,
} from '@llm-platform/plugin-grafana-panels-common';
import type { TimeRangeMs } from '../types';

/** What differs from the dashboard's range, as a panel writes it: `1h`. Nothing where it is no duration. */
interface OwnRange {
  range: TimeRangeMs;
  timeFrom?: string;
  timeShift?: string;
}

/** A panel's own range: its length up to the same end, and moved to the past. */
export function panelRange(
  panel: Pick<Panel, 'timeFrom' | 'timeShift'>,
  range: TimeRangeMs,
  scope: VariableScope,
): OwnRange {
  const timeFrom = textOf(panel.timeFrom, scope);
  const timeShift = textOf(panel.timeShift, scope);
  const length = timeFrom && parseDuration(timeFrom);
  const shift = timeShift && parseDuration(timeShift);
  const to = range.to - (shift || 0);
  const from = (length ? range.to - length : range.from) - (shift || 0);
  return {
    range: { from, to },
    ...(length && { timeFrom }),
    ...(shift && { timeShift }),
  };
}

/** `Last 1 hour, 1d earlier`. Slow, because Grafana translates the names of all its ranges for it. */
export function describeOwnRange(
  timeFrom: string | undefined,
  timeShift: string | undefined,
): string | undefined {
  const infos = [
    timeFrom && rangeUtil.describeTextRange(`now-${timeFrom}`).display,
    timeShift && `${timeShift} earlier`,
  ].filter(Boolean);
  return infos.length > 0 ? infos.join(', ') : undefined;
}

function textOf(
  text: string | undefined,
  scope: VariableScope,
): string | undefined {
  return text && interpolateText(text, scope, 'raw');
}
