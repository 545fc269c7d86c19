import { shortNode } from '@llm-platform/plugin-models-react';
import type {
  GpuAllocation,
  GpuHolder,
  GpuNode,
} from '@llm-platform/plugin-models-common';

/** The backend leaves the names out of what another team runs. */
export const HIDDEN_NAME = 'not shown';

/** Row of the pods whose namespace no team owns; no team can have this name. */
export const NO_TEAM = 'no team';

/** How the map and the table are cut. */
export type Cut = 'node' | 'team' | 'model';

/** One GPU. */
export type Seat =
  /** The holder is unknown where another team's names may not be seen. */
  | { kind: 'held'; holder?: GpuHolder }
  | { kind: 'free' }
  /** Nobody holds it and no pod can have it now. */
  | { kind: 'unusable'; state: GpuNode['state'] };

export interface SeatRow {
  id: string;
  title: string;
  /** Small print beside the title. */
  detail?: string;
  node?: GpuNode;
  seats: Seat[];
  capacity?: number;
  held: number;
  waiting: number;
  free?: number;
}

export interface SeatGroup {
  title: string;
  rows: SeatRow[];
}

/** The same facts for the picture, the table and the file. */
export function seatGroups(gpus: GpuAllocation, cut: Cut): SeatGroup[] {
  switch (cut) {
    case 'team':
      return [{ title: 'Teams', rows: teamRows(gpus) }];
    case 'model':
      return [{ title: 'Models', rows: modelRows(gpus) }];
    default:
      return nodeGroups(gpus);
  }
}

function nodeGroups(gpus: GpuAllocation): SeatGroup[] {
  const pools = new Map<string, SeatRow[]>();
  for (const node of gpus.byNode) {
    const pool = node.pool ?? 'no pool';
    pools.set(pool, [...(pools.get(pool) ?? []), nodeRow(node)]);
  }
  return [...pools.entries()]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([title, rows]) => ({ title, rows }));
}

function nodeRow(node: GpuNode): SeatRow {
  const seats = heldSeats(node.holders, node.counts.allocated);
  for (let free = 0; free < node.counts.free; free++) {
    seats.push({ kind: 'free' });
  }
  while (seats.length < node.counts.capacity) {
    seats.push({ kind: 'unusable', state: node.state });
  }
  return {
    id: `${node.cluster}/${node.name}`,
    title: shortNode(node.name),
    detail: [node.product, node.instanceType].filter(Boolean).join(' · '),
    node,
    seats,
    capacity: node.counts.capacity,
    held: node.counts.allocated,
    waiting: node.counts.pending,
    free: node.counts.free,
  };
}

function teamRows(gpus: GpuAllocation): SeatRow[] {
  const holders = gpus.byNode.flatMap(node => node.holders);
  return gpus.byTeam.map(({ team, allocated, pending }) => ({
    id: team,
    title: team,
    seats: heldSeats(
      holders.filter(holder => holder.team === team),
      allocated,
    ),
    held: allocated,
    waiting: pending,
  }));
}

function modelRows(gpus: GpuAllocation): SeatRow[] {
  const holders = gpus.byNode.flatMap(node => node.holders);
  return gpus.byModel.map(({ team, model, allocated, pending }) => ({
    id: `${team ?? ''}/${model}`,
    title: model || HIDDEN_NAME,
    detail: team,
    seats: heldSeats(
      holders.filter(
        holder => (holder.model ?? '') === model && holder.team === team,
      ),
      allocated,
    ),
    held: allocated,
    waiting: pending,
  }));
}

/** The count is the truth; holders without a name (other teams') still take a seat. */
function heldSeats(holders: GpuHolder[], held: number): Seat[] {
  const seats: Seat[] = holders.flatMap(holder =>
    Array.from({ length: holder.gpus }, () => ({
      kind: 'held' as const,
      holder,
    })),
  );
  while (seats.length < held) {
    seats.push({ kind: 'held' });
  }
  return seats.slice(0, held);
}

/** Column titles and cells of the table below the map, and of the exported file. */
export function tableOf(
  groups: SeatGroup[],
  cut: Cut,
): { columns: string[]; rows: string[][] } {
  if (cut === 'node') {
    return {
      columns: [
        'Node',
        'Pool',
        'GPU',
        'State',
        'Capacity',
        'Held',
        'Free',
        'Held by',
      ],
      rows: groups.flatMap(group =>
        group.rows.map(row => [
          row.node?.name ?? row.title,
          group.title,
          row.node?.product ?? 'unknown',
          row.node?.state ?? 'unknown',
          String(row.capacity ?? ''),
          String(row.held),
          String(row.free ?? ''),
          (row.node?.holders ?? []).map(holderName).join(', ') || 'nobody',
        ]),
      ),
    };
  }
  const first = cut === 'team' ? ['Team'] : ['Model', 'Team'];
  return {
    columns: [...first, 'Held', 'Waiting'],
    rows: groups.flatMap(group =>
      group.rows.map(row => [
        row.title,
        ...(cut === 'model' ? [row.detail ?? 'unknown'] : []),
        String(row.held),
        String(row.waiting),
      ]),
    ),
  };
}

export function holderName(holder: GpuHolder): string {
  const name = holder.model || holder.pod || HIDDEN_NAME;
  return holder.team ? `${name} (${holder.team})` : name;
}

/** RFC 4180; a cell that a spreadsheet would run as a formula is made text. */
export function toCsv(columns: string[], rows: string[][]): string {
  const cell = (value: string) => {
    const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  return `${[columns, ...rows]
    .map(row => row.map(cell).join(','))
    .join('\r\n')}\r\n`;
}

const TEAM_COLOURS = 6;

/** A team keeps its colour as long as the set of teams stays. */
export function teamColours(gpus: GpuAllocation): Map<string, number> {
  const teams = new Set<string>();
  for (const { team } of gpus.byTeam) {
    teams.add(team);
  }
  for (const node of gpus.byNode) {
    for (const { team } of node.holders) {
      if (team) {
        teams.add(team);
      }
    }
  }
  return new Map(
    [...teams].sort().map((team, index) => [team, (index % TEAM_COLOURS) + 1]),
  );
}
