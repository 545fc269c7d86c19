import { tooltipOf, type TooltipOptions } from '../floating';

export interface BarChartOptions {
  orientation: 'auto' | 'horizontal' | 'vertical';
  stacking: 'none' | 'normal' | 'percent';
  showValue: 'auto' | 'always' | 'never';
  /** 0 to 1 of the room. */
  groupWidth: number;
  barWidth: number;
  barRadius: number;
  /** Degrees. */
  xTickLabelRotation: number;
  /** Characters; 0 for any number. */
  xTickLabelMaxLength: number;
  /** CSS pixels from one label to the next, at least; 0 for as many as have room. */
  xTickLabelSpacing: number;
  text: { valueSize?: number };
  tooltip: TooltipOptions;
  xField?: string;
  colorByField?: string;
}

const DEFAULTS: Omit<BarChartOptions, 'tooltip'> = {
  orientation: 'auto',
  stacking: 'none',
  showValue: 'auto',
  groupWidth: 0.7,
  barWidth: 0.97,
  barRadius: 0,
  xTickLabelRotation: 0,
  xTickLabelMaxLength: 0,
  xTickLabelSpacing: 0,
  text: {},
};

/** A bar chart panel's options with Grafana's defaults. */
export function barChartOptions(
  options: Record<string, unknown>,
): BarChartOptions {
  return { ...DEFAULTS, ...options, tooltip: tooltipOf(options) };
}
