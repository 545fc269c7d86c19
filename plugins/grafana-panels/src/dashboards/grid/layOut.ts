import type { GridPos } from '@llm-platform/plugin-grafana-panels-common';

/** Grafana's grid. */
export const COLUMNS = 24;
/** One panel may be so many rows of 30 px high; a dashboard with a slip in its numbers doesn't become endless. */
const MAX_HEIGHT = 100;

/**
 * Panels without overlaps and holes, as in Grafana: each as high as those before it leave room. Order and columns stay.
 */
export function layOut<T extends { gridPos: GridPos }>(
  panels: readonly T[],
): Array<{ panel: T; at: GridPos }> {
  const order = panels
    .map(panel => ({ panel, at: clamp(panel.gridPos) }))
    .sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x);
  // First free row of each column; what is placed later never goes above it.
  const free = new Array<number>(COLUMNS).fill(0);
  for (const { at } of order) {
    at.y = Math.max(...free.slice(at.x, at.x + at.w));
    free.fill(at.y + at.h, at.x, at.x + at.w);
  }
  return order;
}

function clamp({ x, y, w, h }: GridPos): GridPos {
  const width = within(w, 1, COLUMNS);
  return {
    w: width,
    x: within(x, 0, COLUMNS - width),
    y: Number.isFinite(y) ? y : 0,
    h: within(h, 1, MAX_HEIGHT),
  };
}

function within(value: number, least: number, most: number): number {
  return Number.isFinite(value)
    ? Math.min(Math.max(Math.round(value), least), most)
    : least;
}
