import { integer, isRecord, number, records, text, type Json } from './json';
import { CELL_PX, compactRow, GRID_COLUMNS } from './layout';
import { DASHBOARD_LIMITS } from './limits';
import type { Notices } from './notices';
import { readGridPos, readPanel } from './readPanel';
import type { DashboardRow } from './types';

interface RawRow {
  json: Json | undefined;
  panels: Json[];
}

/** All rows with their panels, from the grid of today or the rows of Grafana before 5. */
export function readRows(dashboard: Json, notices: Notices): DashboardRow[] {
  const oldRows = records(dashboard.rows);
  const rawRows =
    Array.isArray(dashboard.panels) || oldRows.length === 0
      ? splitByRows(records(dashboard.panels))
      : oldRows.map(placeOldRow);
  limitPanels(rawRows, notices);

  const ids = uniqueIds(rawRows);
  const byId = new Map<string, Json>();
  for (const { panels } of rawRows) {
    for (const panel of panels) {
      byId.set(text(panel.id) ?? '', panel);
    }
  }
  return rawRows.map(({ json, panels }, index) =>
    compactRow({
      id: json ? `row-${text(json.id) ?? index}-${index}` : 'top',
      title: json ? text(json.title) ?? '' : undefined,
      collapsed: json?.collapsed === true,
      repeat: json && text(json.repeat),
      panels: panels.map(panel =>
        readPanel(panel, ids.get(panel) ?? '', byId, notices),
      ),
    }),
  );
}

/** Panels of a row that is open follow it, those of one that is folded are inside it. */
function splitByRows(panels: Json[]): RawRow[] {
  const ordered = panels
    .map(panel => ({ panel, ...readGridPos(panel.gridPos) }))
    .sort((a, b) => a.y - b.y || a.x - b.x)
    .map(({ panel }) => panel);
  const rows: RawRow[] = [{ json: undefined, panels: [] }];
  for (const panel of ordered) {
    if (panel.type === 'row') {
      rows.push({ json: panel, panels: records(panel.panels) });
    } else {
      const last = rows[rows.length - 1];
      last.panels.push(panel);
    }
  }
  return rows[0].panels.length === 0 && rows.length > 1 ? rows.slice(1) : rows;
}

/** Rows of Grafana before 5: panels have a share of twelve, the row has the height. */
function placeOldRow(row: Json): RawRow {
  const rowHeight = heightOf(row.height) ?? 250;
  let x = 0;
  let y = 0;
  let tallest = 0;
  const panels = records(row.panels).map(panel => {
    const w = Math.min(
      GRID_COLUMNS,
      Math.max(1, Math.round((number(panel.span) ?? 4) * 2)),
    );
    const h = Math.max(
      1,
      Math.ceil((heightOf(panel.height) ?? rowHeight) / CELL_PX),
    );
    if (x + w > GRID_COLUMNS) {
      x = 0;
      y += tallest;
      tallest = 0;
    }
    const gridPos = { x, y, w, h };
    x += w;
    tallest = Math.max(tallest, h);
    return { ...panel, gridPos };
  });
  const collapsed = row.collapse === true;
  const shown = row.showTitle === true || collapsed || text(row.repeat);
  return {
    json: shown ? { ...row, collapsed } : undefined,
    panels,
  };
}

function heightOf(value: unknown): number | undefined {
  const pixels = typeof value === 'string' ? value.replace(/px$/, '') : value;
  return integer(pixels, { min: 1, max: 10_000 });
}

function limitPanels(rows: RawRow[], notices: Notices): void {
  let room: number = DASHBOARD_LIMITS.panels;
  let dropped = 0;
  for (const row of rows) {
    dropped += Math.max(0, row.panels.length - room);
    row.panels = row.panels.slice(0, Math.max(0, room));
    room -= row.panels.length;
  }
  if (dropped > 0) {
    notices.missing(
      'too-many-panels',
      `${dropped} panels are left out: a dashboard shows at most ${DASHBOARD_LIMITS.panels}.`,
    );
  }
}

/** The panel's own number, or one that is free where it has none or it is taken. */
function uniqueIds(rows: RawRow[]): Map<Json, string> {
  const ids = new Map<Json, string>();
  const used = new Set<string>();
  const waiting: Json[] = [];
  for (const panel of rows.flatMap(row => row.panels)) {
    const id = text(panel.id);
    if (id === undefined || used.has(id)) {
      waiting.push(panel);
    } else {
      used.add(id);
      ids.set(panel, id);
    }
  }
  let next = 1;
  for (const panel of waiting) {
    while (used.has(String(next))) {
      next++;
    }
    used.add(String(next));
    ids.set(panel, String(next));
  }
  return ids;
}

/** Whether the JSON has anything that a dashboard consists of. */
export function hasContent(json: Json): boolean {
  return (
    Array.isArray(json.panels) ||
    Array.isArray(json.rows) ||
    isRecord(json.templating)
  );
}
