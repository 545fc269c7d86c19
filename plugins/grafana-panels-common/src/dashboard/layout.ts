import type { DashboardRow, GridPos } from './types';

/** Columns of Grafana's grid. */
export const GRID_COLUMNS = 24;

/** Rows of the grid: a slip in a dashboard's numbers doesn't make it endless. */
export const MAX_HEIGHT = 100;

/** Pixels of one row of the grid and of the gap below it. */
export const CELL_PX = 38;

/**
 * Panels one below the other as in Grafana's grid: each as far up as what is above it allows, none over another.
 *
 * @param items - any order; the result is ordered by place
 */
export function compact<T extends { gridPos: GridPos }>(
  items: readonly T[],
): T[] {
  const ordered = [...items].sort(
    (a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x,
  );
  const bottoms: number[] = [];
  return ordered
    .map(item => {
      const { x, w, h } = item.gridPos;
      const columns = Array.from({ length: w }, (_, index) => x + index);
      const y = Math.max(0, ...columns.map(column => bottoms[column] ?? 0));
      columns.forEach(column => {
        bottoms[column] = y + h;
      });
      return { ...item, gridPos: { ...item.gridPos, y } };
    })
    .sort((a, b) => a.gridPos.y - b.gridPos.y || a.gridPos.x - b.gridPos.x);
}

/** The row with its panels put together; `gridPos.y` counts from the row's top. */
export function compactRow(row: DashboardRow): DashboardRow {
  return { ...row, panels: compact(row.panels) };
}
