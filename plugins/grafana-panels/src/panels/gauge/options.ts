import type { VizTextDisplayOptions } from '@grafana/schema';

export interface GaugeOptions {
  showThresholdMarkers: boolean;
  showThresholdLabels: boolean;
  orientation: string;
  shape: 'gauge' | 'circle';
  textMode: 'auto' | 'value_and_name' | 'value' | 'name' | 'none';
  sparkline: boolean;
  /** Of the ring, 0 to 1. */
  barWidthFactor: number;
  /** The value at which the bar starts; the scale's start without it. */
  neutral?: number;
  text: VizTextDisplayOptions;
}

const DEFAULTS: GaugeOptions = {
  showThresholdMarkers: true,
  showThresholdLabels: false,
  orientation: 'auto',
  shape: 'gauge',
  textMode: 'auto',
  sparkline: false,
  barWidthFactor: 0.5,
  text: {},
};

/** A gauge panel's options with Grafana's defaults. */
export function gaugeOptions(options: Record<string, unknown>): GaugeOptions {
  return { ...DEFAULTS, ...options };
}
