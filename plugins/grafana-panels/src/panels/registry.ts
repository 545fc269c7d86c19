import type { ComponentType } from 'react';
import { StatPanel } from './stat';
import { TimeSeriesPanel } from './timeseries';
import type { PanelProps } from './types';

/** The panel types that the portal draws, by Grafana's names. */
export const PANELS: Readonly<Record<string, ComponentType<PanelProps>>> = {
  timeseries: TimeSeriesPanel,
  stat: StatPanel,
};
