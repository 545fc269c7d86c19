export type Orientation = 'auto' | 'horizontal' | 'vertical';

export interface Tiles {
  columns: number;
  rows: number;
  /** Of one tile, in CSS pixels. */
  width: number;
  height: number;
}

/** Lays out tiles so that each is as large as can be; `horizontal` stacks them, `vertical` puts them side by side. */
export function tilesFor(
  count: number,
  orientation: Orientation,
  width: number,
  height: number,
  gap: number,
  /** How wide a tile likes to be for its height. */
  ratio = 2,
): Tiles {
  const layout = (columns: number): Tiles => {
    const rows = Math.ceil(count / columns);
    return {
      columns,
      rows,
      width: Math.max(1, (width - (columns - 1) * gap) / columns),
      height: Math.max(1, (height - (rows - 1) * gap) / rows),
    };
  };
  if (count <= 1 || orientation === 'horizontal') {
    return layout(1);
  }
  if (orientation === 'vertical') {
    return layout(count);
  }
  const candidates = Array.from({ length: count }, (_, i) => layout(i + 1));
  const sizeOf = (tiles: Tiles) =>
    Math.min(tiles.width, tiles.height * ratio) -
    // Empty places look unfinished.
    (tiles.columns * tiles.rows - count);
  return candidates.reduce((best, tiles) =>
    sizeOf(tiles) > sizeOf(best) ? tiles : best,
  );
}
