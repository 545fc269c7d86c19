import type { VizTextDisplayOptions } from '@grafana/schema';
import type { Orientation } from '../values';

export interface StatOptions {
  colorMode: 'value' | 'background' | 'background_solid' | 'none';
  graphMode: 'area' | 'line' | 'none';
  justifyMode: 'auto' | 'center';
  textMode: 'auto' | 'value' | 'value_and_name' | 'name' | 'none';
  orientation: Orientation;
  wideLayout: boolean;
  showPercentChange: boolean;
  percentChangeColorMode: 'standard' | 'inverted' | 'same_as_value';
  text: VizTextDisplayOptions;
}

const DEFAULTS: StatOptions = {
  colorMode: 'value',
  graphMode: 'area',
  justifyMode: 'auto',
  textMode: 'auto',
  orientation: 'auto',
  wideLayout: true,
  showPercentChange: false,
  percentChangeColorMode: 'standard',
  text: {},
};

/** A stat panel's options with Grafana's defaults. */
export function statOptions(options: Record<string, unknown>): StatOptions {
  return { ...DEFAULTS, ...options };
}
