import type { VizTextDisplayOptions } from '@grafana/schema';

export interface BarGaugeOptions {
  displayMode: 'gradient' | 'lcd' | 'basic';
  valueMode: 'color' | 'text' | 'hidden';
  namePlacement: 'auto' | 'top' | 'left' | 'hidden';
  orientation: 'auto' | 'horizontal' | 'vertical';
  showUnfilled: boolean;
  /** CSS pixels. */
  minVizHeight: number;
  maxVizHeight: number;
  minVizWidth: number;
  sizing: 'auto' | 'manual';
  text: VizTextDisplayOptions;
}

const DEFAULTS: BarGaugeOptions = {
  displayMode: 'gradient',
  valueMode: 'color',
  namePlacement: 'auto',
  orientation: 'auto',
  showUnfilled: true,
  minVizHeight: 16,
  maxVizHeight: 300,
  minVizWidth: 8,
  sizing: 'auto',
  text: {},
};

/** A bar gauge panel's options with Grafana's defaults. */
export function barGaugeOptions(
  options: Record<string, unknown>,
): BarGaugeOptions {
  return { ...DEFAULTS, ...options };
}
