import type uPlot from 'uplot';
import { withOpacity } from '../../theme';
import { isOpaque, type ThresholdStyle } from '../thresholds';

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
