import {
  getFieldConfigWithMinMax,
  ThresholdsMode,
  type Field,
  type GrafanaTheme2,
} from '@grafana/data';
import type { GraphThresholdsStyleMode } from '@grafana/schema';
import type uPlot from 'uplot';
import { withOpacity } from '../../theme';
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
  fields: GraphField[],
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

/** Areas under the curves, lines over them. */
export function thresholdsPlugin(styles: ThresholdStyle[]): uPlot.Plugin {
  return {
    hooks: {
      drawAxes: u =>
        styles.filter(({ isArea }) => isArea).forEach(s => drawAreas(u, s)),
      draw: u =>
        styles.filter(({ isLine }) => isLine).forEach(s => drawLines(u, s)),
    },
  };
}

function drawAreas(u: uPlot, { scaleKey, steps }: ThresholdStyle): void {
  const { min, max } = u.scales[scaleKey] ?? {};
  if (min === undefined || max === undefined) {
    return;
  }
  const { ctx, bbox } = u;
  ctx.save();
  steps.forEach(({ value, color }, index) => {
    const from = Math.max(min, value);
    const to = Math.min(max, steps[index + 1]?.value ?? Infinity);
    if (to > from && isOpaque(color)) {
      const top = u.valToPos(to, scaleKey, true);
      const bottom = u.valToPos(from, scaleKey, true);
      ctx.fillStyle = withOpacity(color, 0.1);
      ctx.fillRect(bbox.left, top, bbox.width, bottom - top);
    }
  });
  ctx.restore();
}

function drawLines(u: uPlot, style: ThresholdStyle): void {
  const { min, max } = u.scales[style.scaleKey] ?? {};
  if (min === undefined || max === undefined) {
    return;
  }
  const { ctx, bbox } = u;
  ctx.save();
  ctx.lineWidth = 1.5 * (devicePixelRatio || 1);
  ctx.setLineDash(style.isDashed ? [8, 6] : []);
  for (const { value, color } of style.steps) {
    if (value >= min && value <= max && isOpaque(color)) {
      const y = Math.round(u.valToPos(value, style.scaleKey, true));
      ctx.strokeStyle = color;
      ctx.beginPath();
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
      ctx.stroke();
    }
  }
  ctx.restore();
}

function isOpaque(color: string): boolean {
  return color.startsWith('#') || !/,\s*0\)$/.test(color);
}
