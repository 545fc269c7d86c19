import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import type uPlot from 'uplot';
import { mixOn, textOn, withOpacity } from '../../theme';
import {
  axisFont,
  fitNames,
  isKeyboardCursor,
  timePlot,
  valueAxis,
  type LiveTimePlot,
  type PlotOptions,
  type TimePlotSettings,
  type TooltipSource,
} from '../plot';
import type { TooltipOptions } from '../floating';
import type { Segment, TimelineModel, TimelineRow } from './model';

export interface TimelineLook {
  /** Of the row's room, 0 to 1. */
  rowHeight: number;
  /** Of a cell's room, 0 to 1; 1 where stretches touch. */
  columnWidth: number;
  showValue: 'auto' | 'always' | 'never';
  align: 'left' | 'center' | 'right';
  /** 0 to 1. */
  fillOpacity: number;
  lineWidth: number;
  tooltip: TooltipOptions;
}

export interface LiveTimeline extends LiveTimePlot {
  model: TimelineModel;
  look: TimelineLook;
}

const TEXT_PADDING = 4;

/** uPlot's options for a timeline: it has the time axis and the cursor, the stretches are painted over its grid. */
export function timelinePlotOptions(
  live: () => LiveTimeline,
  settings: TimePlotSettings,
): PlotOptions {
  const { theme } = settings;
  const { xScale, xAxis, plugins, cursor, ...base } = timePlot(live, settings);
  return {
    ...base,
    series: [{}, { scale: 'y', paths: () => null, points: { show: false } }],
    scales: {
      x: xScale,
      // The first row is the topmost.
      y: {
        time: false,
        dir: -1,
        range: () => [0, Math.max(1, live().model.rows.length)],
      },
    },
    axes: [
      xAxis,
      {
        ...valueAxis(theme, {
          scale: 'y',
          side: 'left',
          display: undefined,
          showGrid: false,
        }),
        splits: () => live().model.rows.map((_, i) => i + 0.5),
        values: (u, splits, axisIndex) =>
          fitNames(
            u,
            splits.map(split => live().model.rows[Math.floor(split)]?.name ?? ''),
            axisIndex,
          ),
      },
    ],
    cursor: { ...cursor, points: { show: false } },
    plugins: [
      { hooks: { drawAxes: u => drawRows(u, live(), theme) } },
      ...plugins,
    ],
  };
}

function drawRows(
  u: uPlot,
  { model, look }: LiveTimeline,
  theme: GrafanaTheme2,
): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio || 1;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = axisFont(theme).replace(
    /^(\d+)px/,
    (_, size: string) => `${Number(size) * ratio}px`,
  );
  ctx.textBaseline = 'middle';
  model.rows.forEach(({ segments }, row) => {
    const [a, b] = [u.valToPos(row, 'y', true), u.valToPos(row + 1, 'y', true)];
    const room = Math.abs(b - a);
    const height = Math.max(1, room * look.rowHeight);
    const top = Math.min(a, b) + (room - height) / 2;
    for (const segment of segments) {
      drawSegment(u, segment, { top, height }, look, theme);
    }
  });
  ctx.restore();
}

function drawSegment(
  u: uPlot,
  segment: Segment,
  { top, height }: { top: number; height: number },
  look: TimelineLook,
  theme: GrafanaTheme2,
): void {
  const { ctx, bbox } = u;
  const ratio = devicePixelRatio || 1;
  const start = u.valToPos(segment.from, 'x', true);
  const end = u.valToPos(segment.to, 'x', true);
  const inset = ((end - start) * (1 - look.columnWidth)) / 2;
  // Whole pixels: stretches that touch must not let the ground shine through.
  const left = Math.round(Math.max(bbox.left, start + inset));
  const right = Math.round(Math.min(bbox.left + bbox.width, end - inset));
  const width = Math.max(ratio, right - left);
  if (right <= bbox.left || left >= bbox.left + bbox.width) {
    return;
  }
  ctx.fillStyle = withOpacity(segment.color, look.fillOpacity);
  ctx.fillRect(left, top, width, height);
  if (look.lineWidth > 0) {
    ctx.strokeStyle = segment.color;
    ctx.lineWidth = look.lineWidth * ratio;
    ctx.strokeRect(left, top, width, height);
  }
  const padding = TEXT_PADDING * ratio;
  const textWidth = ctx.measureText(segment.text).width + 2 * padding;
  const fits = textWidth <= width && height >= 14 * ratio;
  if (look.showValue === 'always' || (look.showValue === 'auto' && fits)) {
    ctx.fillStyle = textOn(
      mixOn(theme.colors.background.primary, segment.color, look.fillOpacity),
    );
    ctx.textAlign = look.align;
    const at = {
      left: left + padding,
      center: left + width / 2,
      right: left + width - padding,
    };
    ctx.fillText(segment.text, at[look.align], top + height / 2);
  }
}

/** The stretch under the pointer; where the dashboard wants all, or the keyboard moves the cursor, those of all rows. */
export function timelineTooltip(
  live: () => LiveTimeline,
  settings: TimePlotSettings,
): TooltipSource {
  const { timeZone } = settings;
  const format = (time: number) => dateTimeFormat(time, { timeZone });
  const foundAt = (u: uPlot) => {
    const { left = -1, top = -1 } = u.cursor;
    if (left < 0) {
      return undefined;
    }
    const { model, look } = live();
    const time = u.posToVal(left, 'x');
    const pointed = model.rows[Math.floor(u.posToVal(top, 'y'))];
    const isAll = look.tooltip.mode === 'multi' || isKeyboardCursor(u);
    const found = stretchesAt(
      isAll ? model.rows : [pointed].filter(Boolean),
      time,
    );
    return found.length > 0 ? { time, pointed, isAll, found } : undefined;
  };
  return {
    keyAt: u => {
      const at = foundAt(u);
      return at?.found
        .map(({ row, segment }) =>
          [row.name, segment.from, row === at.pointed].join(' '),
        )
        .join();
    },
    contentAt: u => {
      const at = foundAt(u);
      if (!at) {
        return undefined;
      }
      const [{ segment }] = at.found;
      return {
        title: at.isAll
          ? format(at.time)
          : `${format(segment.from)} to ${format(segment.to)}`,
        rows: at.found.map(each => ({
          name: each.row.name,
          text: each.segment.text,
          color: each.segment.color,
          isNearest: at.isAll && each.row === at.pointed,
        })),
      };
    },
  };
}

function stretchesAt(rows: TimelineRow[], time: number) {
  return rows.flatMap(row => {
    const segment = row.segments.find(
      ({ from, to }) => from <= time && time < to,
    );
    return segment ? [{ row, segment }] : [];
  });
}
