import { colorManipulator, type GrafanaTheme2 } from '@grafana/data';
import * as chromatic from 'd3-scale-chromatic';
import { withOpacity } from '../../theme';
import type { HeatmapOptions } from './options';

/** These begin with red, which stands for much. */
const BEGIN_WITH_RED = new Set(['RdBu', 'RdYlBu', 'RdYlGn', 'Spectral']);
const DEFAULT_SCHEME = 'Oranges';
const MAX_STEPS = 256;

/** Colours of a heatmap from its least to its greatest value. */
export function heatmapColors(
  color: HeatmapOptions['color'],
  theme: GrafanaTheme2,
): string[] {
  const steps = Math.min(MAX_STEPS, Math.max(2, Math.round(color.steps)));
  if (color.mode === 'opacity') {
    const fill = theme.visualization.getColorByName(color.fill);
    return Array.from({ length: steps }, (_, i) =>
      withOpacity(fill, (i + 1) / steps),
    );
  }
  const interpolate = schemeOf(color.scheme);
  const colors = Array.from({ length: steps }, (_, i) =>
    interpolate(i / (steps - 1)),
  );
  if (startsLoud(color.scheme, colors, theme) !== color.reverse) {
    colors.reverse();
  }
  return colors;
}

function schemeOf(name: string): (share: number) => string {
  const schemes = chromatic as unknown as Record<
    string,
    ((share: number) => string) | undefined
  >;
  return (
    schemes[`interpolate${name}`] ??
    schemes[`interpolate${DEFAULT_SCHEME}`] ??
    chromatic.interpolateOranges
  );
}

/** Little has to be near to the background, much far from it. */
function startsLoud(
  scheme: string,
  colors: string[],
  theme: GrafanaTheme2,
): boolean {
  if (BEGIN_WITH_RED.has(scheme)) {
    return true;
  }
  const contrast = (color: string) =>
    colorManipulator.getContrastRatio(
      colorManipulator.asHexString(color),
      theme.colors.background.primary,
    );
  return contrast(colors[0]) > contrast(colors[colors.length - 1]);
}

/** Index of a value's colour. */
export function colorIndex(
  value: number,
  range: { min: number; max: number },
  color: HeatmapOptions['color'],
  count: number,
): number {
  const share =
    range.max > range.min ? (value - range.min) / (range.max - range.min) : 1;
  const scaled =
    color.mode === 'opacity' && color.scale === 'exponential'
      ? Math.max(0, share) ** color.exponent
      : share;
  return Math.min(count - 1, Math.max(0, Math.floor(scaled * count)));
}
