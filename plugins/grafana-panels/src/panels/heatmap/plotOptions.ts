import {
  dateTimeFormat,
  FieldType,
  formattedValueToString,
  getDisplayProcessor,
  getValueFormat,
  type GrafanaTheme2,
} from '@grafana/data';
import type uPlot from 'uplot';
import {
  axisTexts,
  isKeyboardCursor,
  timePlot,
  valueAxis,
  type LiveTimePlot,
  type PlotOptions,
  type TimePlotSettings,
  type TooltipSource,
} from '../plot';
import type { TooltipRow } from '../floating';
import { colorIndex } from './colors';
import { isCellShown, type HeatmapModel, type HeatmapRow } from './model';
import type { HeatmapOptions } from './options';

export interface LiveHeatmap extends LiveTimePlot {
  model: HeatmapModel;
  colors: string[];
  options: HeatmapOptions;
}

/** CSS pixels between two names on the y axis. */
const NAME_SPACE = 20;

/** uPlot's options for a heatmap: it has the axes and the cursor, the cells are painted over its grid. */
export function heatmapPlotOptions(
  live: () => LiveHeatmap,
  settings: TimePlotSettings,
): PlotOptions {
  const { theme } = settings;
  const { xScale, xAxis, plugins, ...base } = timePlot(live, settings);
  return {
    ...base,
    series: [
      {},
      { show: true, scale: 'y', paths: () => null, points: { show: false } },
    ],
    scales: {
      x: xScale,
      y: {
        time: false,
        dir: live().options.yAxis.reverse ? -1 : 1,
        range: () => [0, Math.max(1, live().model.rows.length)],
      },
    },
    axes: [xAxis, rowAxis(live, theme)],
    plugins: [{ hooks: { drawAxes: u => drawCells(u, live()) } }, ...plugins],
    cursor: { ...base.cursor, points: { show: false } },
  };
}

function rowAxis(live: () => LiveHeatmap, theme: GrafanaTheme2): uPlot.Axis {
  const { yAxis } = live().options;
  return {
    ...valueAxis(theme, {
      scale: 'y',
      side: yAxis.axisPlacement === 'right' ? 'right' : 'left',
      display: undefined,
      label: yAxis.axisLabel,
      width: yAxis.axisWidth,
      showGrid: false,
    }),
    show: yAxis.axisPlacement !== 'hidden',
    splits: u => {
      const { model } = live();
      const every = Math.max(
        1,
        Math.ceil(
          (model.rows.length * NAME_SPACE) /
            (u.bbox.height / (devicePixelRatio || 1) || 1),
        ),
      );
      // A bound stands at the edge of its row, a name beside it.
      return isBounded(model)
        ? Array.from({ length: model.rows.length + 1 }, (_, i) => i).filter(
            i => i % every === 0,
          )
        : model.rows.map((_, i) => i + 0.5).filter((_, i) => i % every === 0);
    },
    values: (_u, splits) => {
      const { model, options } = live();
      return splits.map(split =>
        isBounded(model)
          ? edgeText(model, options, theme, split)
          : model.rows[Math.floor(split)]?.name ?? '',
      );
    },
  };
}

function isBounded(model: HeatmapModel): boolean {
  return model.rows.some(({ high }) => high !== undefined);
}

function edgeText(
  model: HeatmapModel,
  options: HeatmapOptions,
  theme: GrafanaTheme2,
  index: number,
): string {
  const value = index === 0 ? model.rows[0]?.low : model.rows[index - 1]?.high;
  return value === undefined ? '' : boundText(model, options, theme, value);
}

function boundText(
  model: HeatmapModel,
  { yAxis }: HeatmapOptions,
  theme: GrafanaTheme2,
  value: number,
): string {
  if (!Number.isFinite(value)) {
    return value > 0 ? '+Inf' : '-Inf';
  }
  const unit = yAxis.unit ?? model.field?.config.unit;
  const display = getDisplayProcessor({
    field: {
      type: FieldType.number,
      config: { unit, decimals: yAxis.decimals },
    },
    theme,
  });
  return axisTexts([value], display)[0];
}

function drawCells(u: uPlot, { model, colors, options }: LiveHeatmap): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio || 1;
  const gap = options.cellGap * ratio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  const lefts = model.times.map(time => u.valToPos(time, 'x', true));
  const width =
    u.valToPos((model.times[0] ?? 0) + model.columnWidth, 'x', true) -
    (lefts[0] ?? 0);
  model.rows.forEach(({ counts }, row) => {
    const [a, b] = [u.valToPos(row, 'y', true), u.valToPos(row + 1, 'y', true)];
    const top = Math.min(a, b);
    const height = Math.abs(a - b);
    counts.forEach((count, column) => {
      if (!isCellShown(count, options.filterValues)) {
        return;
      }
      ctx.fillStyle =
        colors[colorIndex(count, model.range, options.color, colors.length)];
      // Columns narrower than their gap would vanish.
      const [across, along] = [width, height].map(size =>
        Math.max(1, size - Math.min(gap, size / 4)),
      );
      if (options.cellRadius > 0) {
        ctx.beginPath();
        ctx.roundRect(
          lefts[column],
          top,
          across,
          along,
          Math.min(options.cellRadius * ratio, across / 2, along / 2),
        );
        ctx.fill();
      } else {
        ctx.fillRect(lefts[column], top, across, along);
      }
    });
  });
  ctx.restore();
}

/** The cell under the pointer, or the column's cells while the keyboard moves the cursor. */
export function heatmapTooltip(
  live: () => LiveHeatmap,
  settings: TimePlotSettings,
): TooltipSource {
  const { theme, timeZone } = settings;
  const cellsAt = (u: uPlot) => {
    const { model } = live();
    const { left = -1, top = -1 } = u.cursor;
    if (left < 0) {
      return undefined;
    }
    const time = u.posToVal(left, 'x');
    // Columns begin at their time: the last one that has begun.
    let column = -1;
    for (let i = 0; i < model.times.length && model.times[i] <= time; i++) {
      column = i;
    }
    if (column < 0) {
      return undefined;
    }
    const pointed = model.rows[Math.floor(u.posToVal(top, 'y'))];
    const rows = isKeyboardCursor(u)
      ? model.rows.filter(({ counts }) =>
          isCellShown(counts[column], live().options.filterValues),
        )
      : [pointed].filter(Boolean);
    return rows.length > 0 ? { column, rows } : undefined;
  };
  return {
    keyAt: u => {
      const cells = cellsAt(u);
      return (
        cells && [cells.column, ...cells.rows.map(({ name }) => name)].join()
      );
    },
    contentAt: u => {
      const cells = cellsAt(u);
      return (
        cells && {
          title: dateTimeFormat(live().model.times[cells.column], { timeZone }),
          rows: cells.rows.map(row =>
            tooltipRow(live(), row, cells.column, theme),
          ),
        }
      );
    },
  };
}

function tooltipRow(
  { model, options, colors }: LiveHeatmap,
  { low, high, name, counts }: HeatmapRow,
  column: number,
  theme: GrafanaTheme2,
): TooltipRow {
  const count = counts[column];
  return {
    name:
      low === undefined || high === undefined
        ? name
        : [low, high]
            .map(bound => boundText(model, options, theme, bound))
            .join(' to '),
    text: count === null ? '–' : countText(count, options),
    color: isCellShown(count, options.filterValues)
      ? colors[colorIndex(count, model.range, options.color, colors.length)]
      : undefined,
  };
}

/** A count as the dashboard wants cells to read. */
export function countText(value: number, options: HeatmapOptions): string {
  return formattedValueToString(
    getValueFormat(options.cellUnit ?? 'short')(value, options.cellDecimals),
  );
}
