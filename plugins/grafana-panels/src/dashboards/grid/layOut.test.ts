import { layOut } from './layOut';

const at = (...positions: Array<[number, number, number, number]>) =>
  layOut(
    positions.map(([x, y, w, h], id) => ({ id, gridPos: { x, y, w, h } })),
  ).map(({ panel, at: p }) => [panel.id, p.x, p.y, p.w, p.h]);

describe("Grafana's grid", () => {
  it('leaves panels where they are', () => {
    expect(at([0, 0, 12, 8], [12, 0, 12, 8], [0, 8, 24, 4])).toEqual([
      [0, 0, 0, 12, 8],
      [1, 12, 0, 12, 8],
      [2, 0, 8, 24, 4],
    ]);
  });

  it('closes holes and keeps panels from covering each other', () => {
    expect(at([0, 50, 12, 8], [0, 52, 24, 4], [18, 52, 6, 2])).toEqual([
      [0, 0, 0, 12, 8],
      [1, 0, 8, 24, 4],
      [2, 18, 12, 6, 2],
    ]);
  });

  it('keeps numbers that are none inside', () => {
    expect(at([30, 0, 99, 1e9], [-5, NaN, 0, -1], [20, 3, 12, 2])).toEqual([
      [0, 0, 0, 24, 100],
      [1, 0, 100, 1, 1],
      [2, 12, 100, 12, 2],
    ]);
  });
});
