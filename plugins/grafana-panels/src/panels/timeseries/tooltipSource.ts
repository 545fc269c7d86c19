import { dateTimeFormat, formattedValueToString } from '@grafana/data';
import type uPlot from 'uplot';
import { arrangeRows, type TooltipOptions, type TooltipRow } from '../floating';
import type { TooltipSource } from '../plot';
import type { TimeSeriesModel } from './model';

interface Row extends TooltipRow {
  value: number;
}

/** The values at the cursor's time: of all curves, or of the nearest one. */
export function timeSeriesTooltip(
  model: TimeSeriesModel,
  options: TooltipOptions,
  timeZone: string,
): TooltipSource | undefined {
  const { mode } = options;
  if (mode === 'none') {
    return undefined;
  }
  return {
    keyAt: u => {
      const { idx } = u.cursor;
      return idx === null || idx === undefined || (u.cursor.left ?? -1) < 0
        ? undefined
        : `${idx} ${nearestAt(u, model)}`;
    },
    contentAt: u => {
      const { idx } = u.cursor;
      if (idx === null || idx === undefined) {
        return undefined;
      }
      const nearest = nearestAt(u, model);
      const rows = rowsAt(model, idx, nearest, mode === 'single');
      if (rows.length === 0) {
        return undefined;
      }
      return {
        title: dateTimeFormat(model.data[0][idx], { timeZone }),
        rows: arrangeRows(rows, options),
      };
    },
  };
}

function rowsAt(
  model: TimeSeriesModel,
  idx: number,
  nearest: number,
  isSingle: boolean,
): Row[] {
  const rows: Row[] = [];
  // Drawn last first; read in the dashboard's order.
  for (let i = model.drawn.length - 1; i >= 0; i--) {
    const { name, field, custom, color } = model.drawn[i];
    const value = model.values[i][idx];
    if (
      typeof value !== 'number' ||
      custom.hideFrom?.tooltip ||
      (isSingle && i !== nearest)
    ) {
      continue;
    }
    const display = field.display?.(value);
    rows.push({
      name,
      value,
      color: display?.color ?? color,
      text: display ? formattedValueToString(display) : String(value),
      isNearest: !isSingle && i === nearest,
    });
  }
  return rows;
}

/** Index of the drawn curve whose point at the cursor's time is nearest to the pointer; -1 without any. */
function nearestAt(u: uPlot, model: TimeSeriesModel): number {
  const { idx, top = 0 } = u.cursor;
  let best = -1;
  let distance = Infinity;
  if (idx !== null && idx !== undefined) {
    model.scaleKeys.forEach((key, i) => {
      const value = model.data[i + 1]?.[idx];
      if (typeof value !== 'number') {
        return;
      }
      const away = Math.abs(u.valToPos(value, key) - top);
      if (away < distance) {
        distance = away;
        best = i;
      }
    });
  }
  return best;
}
