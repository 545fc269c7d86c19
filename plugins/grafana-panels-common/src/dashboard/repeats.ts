import { withRepeats } from '../variables/scope';
import type { VariableScope } from '../variables/types';
import { compact, GRID_COLUMNS } from './layout';
import { DASHBOARD_LIMITS } from './limits';
import type {
  Dashboard,
  DashboardNotice,
  DashboardRow,
  GridPos,
  Panel,
  RepeatedFor,
} from './types';

/** What is left of the panels that may be on the screen. */
interface Room {
  panels: number;
}

/**
 * The rows as they are shown: repeated rows and panels once per chosen value, placed as Grafana places them. Not more
 * panels than a dashboard may have; a notice says how many are left out.
 *
 * @public
 */
export function expandRepeats(
  dashboard: Dashboard,
  scope: VariableScope,
): { rows: DashboardRow[]; notices: DashboardNotice[] } {
  const room: Room = { panels: DASHBOARD_LIMITS.panels };
  const rows = dashboard.rows.flatMap(row =>
    repeatRow(row, scope).map(repeated => ({
      ...repeated,
      // In a repeated row its variable has one value only.
      panels: repeatPanels(
        repeated,
        withRepeats(scope, repeated.repeated ? [repeated.repeated] : []),
        room,
      ),
    })),
  );
  const notices: DashboardNotice[] =
    room.panels >= 0
      ? []
      : [
          {
            code: 'too-many-panels',
            severity: 'error',
            message: `${-room.panels} repeated panels are left out: a dashboard shows at most ${
              DASHBOARD_LIMITS.panels
            }. Choose fewer values.`,
          },
        ];
  return { rows, notices };
}

function repeatRow(row: DashboardRow, scope: VariableScope): DashboardRow[] {
  const values = valuesOf(row.repeat, scope);
  if (values.length === 0) {
    return [row];
  }
  return values.map((repeated, index) => ({
    ...row,
    id: index === 0 ? row.id : idFor(row.id, repeated),
    repeated,
    panels: row.panels.map(panel => ({
      ...panel,
      id: index === 0 ? panel.id : idFor(panel.id, repeated),
      repeated: [repeated],
    })),
  }));
}

function repeatPanels(
  row: DashboardRow,
  scope: VariableScope,
  room: Room,
): Panel[] {
  const placed: Panel[] = [];
  let pushed = 0;
  for (const panel of row.panels) {
    const gridPos = { ...panel.gridPos, y: panel.gridPos.y + pushed };
    const values = valuesOf(panel.repeat?.variable, scope);
    const copies =
      values.length === 0
        ? [{ ...panel, gridPos }]
        : values.map((repeated, index) => ({
            ...panel,
            id: index === 0 ? panel.id : idFor(panel.id, repeated),
            gridPos: placeOf(panel, gridPos, index, values.length),
            repeated: [...panel.repeated, repeated],
          }));
    const last = copies[copies.length - 1].gridPos;
    pushed += last.y - gridPos.y;
    const fitting = copies.slice(0, Math.max(0, room.panels));
    room.panels -= copies.length;
    placed.push(...fitting);
  }
  return compact(placed);
}

function placeOf(
  panel: Panel,
  gridPos: GridPos,
  index: number,
  count: number,
): GridPos {
  if (panel.repeat?.direction === 'v') {
    return { ...gridPos, y: gridPos.y + index * gridPos.h };
  }
  const perRow = Math.min(count, panel.repeat?.maxPerRow ?? count);
  const w = Math.floor(GRID_COLUMNS / perRow);
  return {
    x: (index % perRow) * w,
    y: gridPos.y + Math.floor(index / perRow) * gridPos.h,
    w,
    h: gridPos.h,
  };
}

function valuesOf(
  variable: string | undefined,
  scope: VariableScope,
): RepeatedFor[] {
  const scoped = variable === undefined ? undefined : scope.get(variable);
  return variable && scoped
    ? scoped.each.map(({ text, value }) => ({ variable, value, text }))
    : [];
}

function idFor(id: string, { variable, value }: RepeatedFor): string {
  return `${id}:${variable}=${value}`;
}
