import {
  getFieldConfigWithMinMax,
  ThresholdsMode,
  type Field,
  type GrafanaTheme2,
} from '@grafana/data';
import type { GraphThresholdsStyleMode } from '@grafana/schema';
import type { GraphField } from '../series';

export interface ThresholdStep {
  /** -Infinity for the first. */
  value: number;
  color: string;
}

export interface ThresholdStyle {
  scaleKey: string;
  steps: ThresholdStep[];
  isLine: boolean;
  isDashed: boolean;
  isArea: boolean;
}

/** Thresholds of a field as values of its scale, ascending; percentages are of its range. */
export function thresholdSteps(
  field: Field,
  theme: GrafanaTheme2,
): ThresholdStep[] {
  const { thresholds } = field.config;
  if (!thresholds) {
    return [];
  }
  const { min = 0, max = 100 } =
    thresholds.mode === ThresholdsMode.Percentage
      ? getFieldConfigWithMinMax(field, false)
      : {};
  const absolute = (value: number) =>
    thresholds.mode === ThresholdsMode.Percentage
      ? Number(min) + (value / 100) * (Number(max) - Number(min))
      : value;
  return thresholds.steps.map(({ value, color }, index) => ({
    // JSON knows no -Infinity: the first step's value is null in a dashboard.
    value: index === 0 ? -Infinity : absolute(Number(value)),
    color: theme.visualization.getColorByName(color),
  }));
}

/** Thresholds to draw, once per scale. */
export function thresholdStyles(
  fields: Array<Pick<GraphField, 'field' | 'custom'>>,
  scaleKeys: string[],
  theme: GrafanaTheme2,
): ThresholdStyle[] {
  const result = new Map<string, ThresholdStyle>();
  fields.forEach(({ field, custom }, index) => {
    const mode: `${GraphThresholdsStyleMode}` | undefined =
      custom.thresholdsStyle?.mode;
    const scaleKey = scaleKeys[index];
    if (!mode || mode === 'off' || mode === 'series' || result.has(scaleKey)) {
      return;
    }
    const steps = thresholdSteps(field, theme);
    if (steps.length > 0) {
      result.set(scaleKey, {
        scaleKey,
        steps,
        isLine: mode.includes('line') || mode.includes('dashed'),
        isDashed: mode.includes('dashed'),
        isArea: mode.includes('area'),
      });
    }
  });
  return [...result.values()];
}

/** Whether a threshold's colour can be seen: a base is often meant to be nothing. */
export function isOpaque(color: string): boolean {
  return color.startsWith('#') || !/,\s*0\)$/.test(color);
}
