import { curveOf, type StandInSeries } from './StandInPrometheus';

export const PANELS = 20;
export const SERIES = 5;
export const UID = 'bench';

/** 20 panels that each ask something else, 6 hours of it, all on one screen. */
export function benchDashboard(): object {
  return {
    uid: UID,
    title: 'Bench',
    schemaVersion: 39,
    graphTooltip: 1,
    time: { from: 'now-6h', to: 'now' },
    timezone: 'browser',
    templating: { list: [] },
    panels: Array.from({ length: PANELS }, (_, i) => ({
      id: i + 1,
      type: 'timeseries',
      title: `Requests ${i + 1}`,
      datasource: { type: 'prometheus', uid: 'prometheus' },
      gridPos: { x: 6 * (i % 4), y: 8 * Math.floor(i / 4), w: 6, h: 8 },
      fieldConfig: { defaults: { unit: 'reqps', min: 0 }, overrides: [] },
      options: {
        legend: {
          showLegend: true,
          displayMode: 'list',
          placement: 'bottom',
          calcs: ['lastNotNull'],
        },
        tooltip: { mode: 'multi', sort: 'desc' },
      },
      targets: [
        {
          refId: 'A',
          expr: `sum by (model) (rate(bench_requests_total{panel="${
            i + 1
          }"}[5m]))`,
          legendFormat: '{{model}}',
        },
      ],
    })),
  };
}

/** What the stand-in for Prometheus has for any query. */
export function benchSeries(expr: string): StandInSeries[] {
  return Array.from({ length: SERIES }, (_, i) => {
    const model = `model-${i + 1}`;
    return { labels: { model }, valueAt: curveOf(`${expr} ${model}`) };
  });
}
