import { rangeUtil } from '@grafana/data';
import {
  interpolateText,
  parseDuration,
  type Panel,
  type VariableScope,
} from '@llm-platform/plugin-grafana-panels-common';
import type { TimeRangeMs } from '../types';

/** A panel's own range: its length up to the same end, and moved to the past. */
export function panelRange(
  panel: Pick<Panel, 'timeFrom' | 'timeShift' | 'hideTimeOverride'>,
  range: TimeRangeMs,
  scope: VariableScope,
): { range: TimeRangeMs; info?: string } {
  const timeFrom = textOf(panel.timeFrom, scope);
  const timeShift = textOf(panel.timeShift, scope);
  const length = timeFrom && parseDuration(timeFrom);
  const shift = timeShift && parseDuration(timeShift);
  const to = range.to - (shift || 0);
  const from = (length ? range.to - length : range.from) - (shift || 0);
  const infos = [
    length ? rangeUtil.describeTextRange(`now-${timeFrom}`).display : undefined,
    shift ? `${timeShift} earlier` : undefined,
  ].filter(info => info !== undefined);
  return {
    range: { from, to },
    info:
      infos.length > 0 && !panel.hideTimeOverride
        ? infos.join(', ')
        : undefined,
  };
}

function textOf(
  text: string | undefined,
  scope: VariableScope,
): string | undefined {
  return text && interpolateText(text, scope, 'raw');
}
