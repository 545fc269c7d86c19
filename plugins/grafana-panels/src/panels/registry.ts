import type { ComponentType } from 'react';
import { BarChartPanel } from './barchart';
import { BarGaugePanel } from './bargauge';
import { GaugePanel } from './gauge';
import { HeatmapPanel } from './heatmap';
import { HistogramPanel } from './histogram';
import { PieChartPanel } from './piechart';
import { StatPanel } from './stat';
import { TablePanel } from './table';
import { TextPanel } from './text';
import { StateTimelinePanel, StatusHistoryPanel } from './timeline';
import { TimeSeriesPanel } from './timeseries';
import type { PanelProps } from './types';

/** The panel types that the portal draws, by Grafana's names. */
export const PANELS: Readonly<Record<string, ComponentType<PanelProps>>> = {
  timeseries: TimeSeriesPanel,
  stat: StatPanel,
  gauge: GaugePanel,
  bargauge: BarGaugePanel,
  barchart: BarChartPanel,
  piechart: PieChartPanel,
  table: TablePanel,
  heatmap: HeatmapPanel,
  histogram: HistogramPanel,
  'state-timeline': StateTimelinePanel,
  'status-history': StatusHistoryPanel,
  text: TextPanel,
};
