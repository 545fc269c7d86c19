import type { V1Secret } from '@kubernetes/client-node';
import { readApplicationKeys } from '../credentials';
import { decodedData } from '../kube/decodedData';
import { limitTexts, type LimitSettings } from '../limits';

/** An application key as the cluster has it. @public */
export interface StoredKey {
  id: string;
  secret: string;
  team: string;
  models: string[];
  state: 'active' | 'expired' | 'revoked' | 'unusable';
  expiresAt?: number;
  limits: LimitSettings;
  /** Why the gateway refuses it as a whole. */
  problem?: string;
}

/** What the gateway makes of a key's Secret at this time. @public */
export function storedKey(secret: V1Secret, now: number): StoredKey {
  const name = secret.metadata?.name ?? '';
  const { revoked, ...data } = decodedData(secret.data);
  const {
    records: [record],
    problems: [problem],
  } = readApplicationKeys([{ name, data }]);
  if (!record) {
    return {
      id: data.id || name,
      secret: name,
      team: data.team ?? '',
      models: [],
      state: revoked ? 'revoked' : 'unusable',
      limits: {},
      problem,
    };
  }
  const { id, team, models, expiresAt, limits = {} } = record;
  let state: StoredKey['state'] = 'active';
  if (revoked) {
    state = 'revoked';
  } else if (expiresAt !== undefined && expiresAt <= now) {
    state = 'expired';
  }
  return {
    id,
    secret: name,
    team,
    models,
    state,
    ...(expiresAt !== undefined && { expiresAt }),
    limits,
  };
}

/** Limits in one line, such as `requestsPerMinute 60, usdPerMonth 200`. */
export function limitsText(limits: LimitSettings): string {
  return Object.entries(limitTexts(limits))
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** The keys as a table with a heading. @public */
export function keyTable(keys: StoredKey[]): string {
  const rows = [
    ['ID', 'TEAM', 'STATE', 'EXPIRES', 'MODELS', 'LIMITS'],
    ...keys.map(key => [
      key.id,
      key.team,
      key.state,
      key.expiresAt === undefined
        ? 'never'
        : `${new Date(key.expiresAt).toISOString().slice(0, 16)}Z`,
      key.models.join(',') || '-',
      key.problem ?? (limitsText(key.limits) || 'none'),
    ]),
  ];
  const widths = rows[0].map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
