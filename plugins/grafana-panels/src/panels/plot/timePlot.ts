import type { GrafanaTheme2 } from '@grafana/data';
import uPlot from 'uplot';
import type { AnnotationMark, TimeRangeMs } from '../../data/types';
import { annotationsPlugin } from './annotations';
import { timeAxis, tzDateOf } from './axes';
import { tooltipPlugin, type TooltipSource } from './tooltip';
import { zoomPlugin } from './zoom';

/** What changes without a new plot, read when it is needed. */
export interface LiveTimePlot {
  timeRange: TimeRangeMs;
  /** Milliseconds before and after the range, for shapes around their time. */
  margin?: number;
  annotations: AnnotationMark[];
  tooltip: TooltipSource | undefined;
  onZoom: ((range: TimeRangeMs) => void) | undefined;
}

export interface TimePlotSettings {
  theme: GrafanaTheme2;
  timeZone: string;
  crosshairKey?: string;
}

type TimePlot = Pick<
  uPlot.Options,
  'ms' | 'tzDate' | 'legend' | 'padding' | 'cursor'
> & {
  xScale: uPlot.Scale;
  xAxis: uPlot.Axis;
  plugins: uPlot.Plugin[];
};

/** What every plot over time has: its range, crosshair, zoom, annotations and tooltip. */
export function timePlot(
  live: () => LiveTimePlot,
  settings: TimePlotSettings,
): TimePlot {
  const { theme, timeZone, crosshairKey } = settings;
  const sight = sightOf();
  return {
    ms: 1,
    tzDate: tzDateOf(timeZone, uPlot),
    legend: { show: false },
    // The last time stands half outside of the plot.
    padding: [8, 16, 0, 0],
    xScale: {
      time: true,
      range: () => {
        const { timeRange, margin = 0 } = live();
        return [timeRange.from - margin, timeRange.to + margin];
      },
    },
    xAxis: timeAxis(theme, timeZone),
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false },
      // A second click would undo a zoom that this plot knows nothing about.
      bind: { dblclick: () => () => null },
      ...(crosshairKey ? { sync: syncOf(crosshairKey, sight.isSeen) } : {}),
    },
    plugins: [
      sight.plugin,
      annotationsPlugin(() => ({
        // A dashboard may name a colour.
        marks: live().annotations.map(mark => ({
          ...mark,
          color: theme.visualization.getColorByName(mark.color),
        })),
        timeZone,
      })),
      zoomPlugin(() => live().onZoom),
      tooltipPlugin(() => live().tooltip),
    ],
  };
}

/** Whether a plot is on the screen: one that isn't need not follow the pointer in another. */
function sightOf(): { isSeen: () => boolean; plugin: uPlot.Plugin } {
  let isSeen = true;
  let observer: IntersectionObserver | undefined;
  return {
    isSeen: () => isSeen,
    plugin: {
      hooks: {
        ready: u => {
          if (typeof IntersectionObserver !== 'undefined') {
            observer = new IntersectionObserver(entries => {
              isSeen = entries[entries.length - 1].isIntersecting;
            });
            observer.observe(u.root);
          }
        },
        destroy: () => observer?.disconnect(),
      },
    },
  };
}

function syncOf(key: string, isSeen: () => boolean): uPlot.Cursor.Sync {
  return {
    key,
    setSeries: false,
    scales: ['x', null],
    filters: {
      // A selection in one panel is none in the others.
      pub: type => type === 'mousemove' || type === 'mouseleave',
      // A cursor that was left behind goes away also out of sight.
      sub: type => type === 'mouseleave' || isSeen(),
    },
  };
}
