import { defined, number, record, text, type Json } from '../json';
import type { Migrated } from './fieldConfig';

/** The heatmap panel of Grafana before 9 has its settings beside its options. */
export function migrateHeatmap(panel: Json): Migrated {
  const color = record(panel.color);
  const yAxis = record(panel.yAxis);
  const buckets = panel.dataFormat === 'tsbuckets';
  const logBase = number(yAxis.logBase) ?? 1;
  return {
    type: 'heatmap',
    options: {
      calculate: !buckets,
      calculation: buckets
        ? undefined
        : defined({
            xBuckets: bucketsOf(panel.xBucketSize, panel.xBucketNumber),
            yBuckets:
              logBase > 1
                ? { scale: { type: 'log', log: logBase } }
                : bucketsOf(panel.yBucketSize, panel.yBucketNumber),
          }),
      color: defined({
        mode: color.mode === 'opacity' ? 'opacity' : 'scheme',
        fill: text(color.cardColor),
        scheme:
          text(color.colorScheme)?.replace(/^interpolate/, '') ?? 'Oranges',
        scale: color.colorScale === 'linear' ? 'linear' : 'exponential',
        exponent: number(color.exponent) ?? 0.5,
        steps: 64,
        reverse: false,
        min: number(color.min),
        max: number(color.max),
      }),
      cellGap: number(record(panel.cards).cardPadding) ?? 1,
      filterValues: panel.hideZeroBuckets === true ? { le: 1e-9 } : undefined,
      legend: { show: record(panel.legend).show === true },
      rowsFrame: { layout: layoutOf(panel.yBucketBound) },
      showValue: 'never',
      tooltip: {
        mode: record(panel.tooltip).show === false ? 'none' : 'single',
        yHistogram: record(panel.tooltip).showHistogram === true,
      },
      yAxis: defined({
        unit: text(yAxis.format) ?? 'short',
        decimals: number(yAxis.decimals),
        min: number(yAxis.min),
        max: number(yAxis.max),
        reverse: panel.reverseYBuckets === true,
        axisPlacement: yAxis.show === false ? 'hidden' : 'left',
      }),
    },
    fieldConfig: { defaults: { custom: {} }, overrides: [] },
  };
}

function bucketsOf(size: unknown, count: unknown): Json | undefined {
  const width = text(size);
  if (width !== undefined) {
    return { mode: 'size', value: width };
  }
  const amount = text(count);
  return amount === undefined ? undefined : { mode: 'count', value: amount };
}

function layoutOf(bound: unknown): string {
  switch (bound) {
    case 'upper':
      return 'le';
    case 'lower':
      return 'ge';
    case 'middle':
      return 'unknown';
    default:
      return 'auto';
  }
}
