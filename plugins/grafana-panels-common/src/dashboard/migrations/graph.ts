import {
  defined,
  integer,
  number,
  record,
  records,
  text,
  type Json,
} from '../json';
import type { Notices } from '../notices';
import type { FieldConfigJson } from '../types';
import {
  colorOverrides,
  fixedColor,
  overrideFor,
  type Migrated,
} from './fieldConfig';
import { currentReducer } from './reducers';

const CALCS = ['min', 'max', 'avg', 'current', 'total'];

const CALC_TITLES: Record<string, string> = {
  min: 'Min',
  max: 'Max',
  avg: 'Mean',
  current: 'Last *',
  total: 'Total',
};

/** The graph panel of Grafana before 8: time series, or bars of series, or a histogram. */
export function migrateGraph(
  panel: Json,
  notices: Notices,
  panelId: string,
): Migrated {
  const [left = {}, right = {}] = records(panel.yaxes);
  const xMode = record(panel.xaxis).mode;
  const { steps, style } = thresholdsOf(panel);
  if (panel.nullPointMode === 'null as zero') {
    notices.approximated(
      'null-as-zero',
      'Missing values count as gaps, not as zero.',
      panelId,
    );
  }
  const defaults = defined({
    ...axisFieldConfig(left),
    unit: text(left.format) ?? 'short',
    decimals: number(panel.decimals) ?? number(left.decimals),
    color: { mode: 'palette-classic' },
    thresholds: { mode: 'absolute', steps },
    custom: defined({
      ...lineStyle(panel),
      ...axisCustom(left),
      thresholdsStyle: { mode: style },
    }),
  });
  const fieldConfig: FieldConfigJson = {
    defaults,
    overrides: [
      ...colorOverrides(panel.aliasColors),
      ...records(panel.seriesOverrides).flatMap(override =>
        seriesOverride(override, right),
      ),
    ],
  };
  if (xMode === 'histogram') {
    return {
      type: 'histogram',
      options: { legend: legendOf(panel) },
      fieldConfig,
    };
  }
  if (xMode === 'series') {
    const [calc = 'total'] = [record(panel.xaxis).values].flat().map(text);
    return {
      type: 'bargauge',
      options: {
        orientation: 'vertical',
        displayMode: 'basic',
        reduceOptions: {
          calcs: [currentReducer(calc ?? 'total')],
          values: false,
        },
      },
      fieldConfig,
    };
  }
  return {
    type: 'timeseries',
    options: { legend: legendOf(panel), tooltip: tooltipOf(panel) },
    fieldConfig,
  };
}

function lineStyle(panel: Json): Json {
  const bars = panel.bars === true;
  const lines = panel.lines !== false;
  const line = lines ? 'line' : 'points';
  const fill = integer(panel.fill, { min: 0, max: 10 }) ?? 1;
  return {
    drawStyle: bars ? 'bars' : line,
    lineInterpolation: panel.steppedLine === true ? 'stepAfter' : 'linear',
    lineWidth: integer(panel.linewidth, { min: 0, max: 10 }) ?? 1,
    fillOpacity: bars ? 100 : fill * 10,
    gradientMode: (number(panel.fillGradient) ?? 0) > 0 ? 'opacity' : 'none',
    showPoints: panel.points === true ? 'always' : 'never',
    pointSize: 2 + 2 * (number(panel.pointradius) ?? 2),
    lineStyle: panel.dashes === true ? dashes(panel) : undefined,
    spanNulls: panel.nullPointMode === 'connected',
    stacking: {
      mode: stackingMode(panel.stack === true, panel.percentage === true),
      group: 'A',
    },
  };
}

function stackingMode(stack: boolean, percentage: boolean): string {
  if (!stack) {
    return 'none';
  }
  return percentage ? 'percent' : 'normal';
}

function dashes(json: Json): Json {
  return {
    fill: 'dash',
    dash: [number(json.dashLength) ?? 10, number(json.spaceLength) ?? 10],
  };
}

/** What an axis says about all values on it. */
function axisFieldConfig(axis: Json): Json {
  return { min: number(axis.min), max: number(axis.max) };
}

function axisCustom(axis: Json): Json {
  const logBase = number(axis.logBase) ?? 1;
  return {
    axisPlacement: axis.show === false ? 'hidden' : 'auto',
    axisLabel: text(axis.label),
    scaleDistribution:
      logBase > 1 ? { type: 'log', log: logBase } : { type: 'linear' },
  };
}

function seriesOverride(
  override: Json,
  right: Json,
): FieldConfigJson['overrides'] {
  const alias = text(override.alias);
  if (alias === undefined) {
    return [];
  }
  const onRight = number(override.yaxis) === 2;
  const axis = onRight
    ? {
        'custom.axisPlacement': 'right',
        unit: text(right.format),
        decimals: number(right.decimals),
        min: number(right.min),
        max: number(right.max),
        'custom.axisLabel': text(right.label),
      }
    : {};
  const made = overrideFor(alias, {
    ...axis,
    color: fixedColor(override.color),
    'custom.drawStyle': drawStyleOf(override),
    'custom.fillOpacity': scaled(override.fill, 10),
    'custom.lineWidth': number(override.linewidth),
    'custom.pointSize': scaled(override.pointradius, 2),
    'custom.fillBelowTo': text(override.fillBelowTo),
    'custom.lineStyle': override.dashes === true ? dashes(override) : undefined,
    'custom.lineInterpolation':
      override.steppedLine === true ? 'stepAfter' : undefined,
    'custom.spanNulls':
      override.nullPointMode === undefined
        ? undefined
        : override.nullPointMode === 'connected',
    'custom.transform': text(override.transform),
    'custom.stacking': stackOverride(override.stack),
    'custom.hideFrom':
      override.legend === false
        ? { legend: true, tooltip: false, viz: false }
        : undefined,
  });
  return made ? [made] : [];
}

function scaled(value: unknown, factor: number): number | undefined {
  const read = number(value);
  return read === undefined ? undefined : read * factor;
}

function drawStyleOf(override: Json): string | undefined {
  if (override.bars === true) {
    return 'bars';
  }
  if (override.lines === true) {
    return 'line';
  }
  return override.lines === false && override.points === true
    ? 'points'
    : undefined;
}

function stackOverride(stack: unknown): Json | undefined {
  if (stack === undefined) {
    return undefined;
  }
  return stack === false
    ? { mode: 'none', group: 'A' }
    : { mode: 'normal', group: stack === true ? 'A' : text(stack) };
}

function legendOf(panel: Json): Json {
  const legend = record(panel.legend);
  const table = legend.alignAsTable === true;
  const sort = text(legend.sort);
  return defined({
    showLegend: legend.show !== false,
    displayMode: table ? 'table' : 'list',
    placement: legend.rightSide === true ? 'right' : 'bottom',
    calcs:
      legend.values === true
        ? CALCS.filter(calc => legend[calc] === true).map(currentReducer)
        : [],
    width: number(legend.sideWidth),
    sortBy: sort === undefined ? undefined : CALC_TITLES[sort] ?? sort,
    sortDesc: sort === undefined ? undefined : legend.sortDesc === true,
  });
}

function tooltipOf(panel: Json): Json {
  const tooltip = record(panel.tooltip);
  return {
    mode: tooltip.shared === false ? 'single' : 'multi',
    sort: ['none', 'asc', 'desc'][
      integer(tooltip.sort, { min: 0, max: 2 }) ?? 0
    ],
  };
}

const THRESHOLD_COLORS: Record<string, string> = {
  critical: 'red',
  warning: 'orange',
  ok: 'green',
};

function thresholdsOf(panel: Json): {
  steps: Array<{ value: number | null; color: string }>;
  style: string;
} {
  const marks = records(panel.thresholds)
    .map(mark => ({
      value: number(mark.value),
      below: mark.op === 'lt',
      color:
        THRESHOLD_COLORS[String(mark.colorMode)] ??
        text(mark.fillColor) ??
        text(mark.lineColor) ??
        'red',
      line: mark.line !== false,
      fill: mark.fill !== false,
    }))
    .filter(mark => mark.value !== undefined)
    .sort((a, b) => (a.value ?? 0) - (b.value ?? 0));
  const base = marks.find(mark => mark.below)?.color ?? 'transparent';
  const steps = [
    { value: null, color: base },
    ...marks.map(mark => ({
      value: mark.value ?? 0,
      color: mark.below ? 'transparent' : mark.color,
    })),
  ];
  const line = marks.some(mark => mark.line);
  const fill = marks.some(mark => mark.fill);
  if (marks.length === 0 || (!line && !fill)) {
    return { steps, style: 'off' };
  }
  const one = line ? 'line' : 'area';
  return { steps, style: line && fill ? 'line+area' : one };
}
