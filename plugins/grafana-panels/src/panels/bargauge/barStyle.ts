import type { FieldDisplay, GrafanaTheme2 } from '@grafana/data';
import { withOpacity } from '../../theme';
import { colorAt, limitsOf, shareOf } from '../values';

/** How finely a gradient follows the colours of the values. */
const STOPS = 12;
/** CSS pixels of one cell of the LCD look, with its gap. */
const CELL = 10;

/** CSS of a filled bar that runs from the scale's start up to the value. */
export function gradientOf(
  figure: FieldDisplay,
  direction: 'right' | 'top',
  theme: GrafanaTheme2,
): string {
  const { min, max } = limitsOf(figure);
  const share = shareOf(figure) || 1;
  const color = colorAt(figure, theme);
  const stops = Array.from({ length: STOPS + 1 }, (_, i) =>
    color(min + (i / STOPS) * share * (max - min)),
  );
  return new Set(stops).size === 1
    ? stops[0]
    : `linear-gradient(to ${direction}, ${stops.join(', ')})`;
}

export interface Cell {
  color: string;
  isLit: boolean;
}

/** The cells of the LCD look from the scale's start to its end. */
export function cellsOf(
  figure: FieldDisplay,
  length: number,
  theme: GrafanaTheme2,
): Cell[] {
  const { min, max } = limitsOf(figure);
  const count = Math.max(3, Math.floor(length / CELL));
  const color = colorAt(figure, theme);
  const share = shareOf(figure);
  return Array.from({ length: count }, (_, i) => {
    const at = (i + 0.5) / count;
    const isLit = at <= share;
    const own = color(min + at * (max - min));
    return {
      isLit,
      color: isLit ? own : unlit(own, theme),
    };
  });
}

function unlit(color: string, theme: GrafanaTheme2): string {
  return withOpacity(color, theme.isDark ? 0.2 : 0.18);
}
