import type { Series } from '@llm-platform/plugin-grafana-panels-common';

/** What one query of a panel gave. */
export interface Answer {
  refId: string;
  expr: string;
  legendFormat?: string;
  format: 'time_series' | 'table' | 'heatmap';
  instant: boolean;
  stepSeconds: number;
  series: Series[];
  executed?: string;
}
