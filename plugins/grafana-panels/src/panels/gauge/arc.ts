/** Degrees, clockwise from the top. */
export interface ArcSpan {
  from: number;
  to: number;
}

/** An SVG path of a ring segment around (cx, cy). */
export function ringPath(
  cx: number,
  cy: number,
  outer: number,
  inner: number,
  { from, to }: ArcSpan,
): string {
  // A full circle's ends would fall together, and nothing be drawn.
  const end = Math.min(to, from + 359.99);
  const large = end - from > 180 ? 1 : 0;
  const a = pointOn(cx, cy, outer, from);
  const b = pointOn(cx, cy, outer, end);
  if (inner <= 0) {
    return `M${cx},${cy}L${a}A${outer},${outer} 0 ${large} 1 ${b}Z`;
  }
  const c = pointOn(cx, cy, inner, end);
  const d = pointOn(cx, cy, inner, from);
  return `M${a}A${outer},${outer} 0 ${large} 1 ${b}L${c}A${inner},${inner} 0 ${large} 0 ${d}Z`;
}

/** `x,y` of a point on a circle. */
export function pointOn(
  cx: number,
  cy: number,
  radius: number,
  degrees: number,
): string {
  const angle = ((degrees - 90) * Math.PI) / 180;
  const round = (value: number) => Math.round(value * 100) / 100;
  return `${round(cx + radius * Math.cos(angle))},${round(
    cy + radius * Math.sin(angle),
  )}`;
}
