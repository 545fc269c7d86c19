import { z } from 'zod';
import { getJsonValueAtPath } from '@backstage/filter-predicates';
import type { JsonValue } from '@backstage/types';

/** In configuration: which dashboard, and what its variables are there. */
export const dashboardPlacementSchema = {
  /** `files/llm-team`: the source and the uid. */
  dashboard: z
    .string()
    .regex(/^[^/]+\/[^/]+$/, 'a source and a uid, as files/llm-team'),
  /** Values may name facts of the place: `{metadata.name}`. */
  variables: z
    .record(z.string(), z.union([z.string(), z.array(z.string())]))
    .optional(),
};

export interface DashboardPlacement {
  dashboard: string;
  variables?: Record<string, string | string[]>;
}

/** In configuration: one panel. */
export const panelPlacementSchema = {
  ...dashboardPlacementSchema,
  /** Its id, as in `viewPanel=` of the address at full size. */
  panel: z.union([z.string(), z.number()]).transform(String),
  title: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  /** `30s` */
  refresh: z.string().optional(),
  /** Pixels, with the frame. */
  height: z.number().min(80).max(1200).optional(),
};

export interface PanelPlacement extends DashboardPlacement {
  panel: string;
  title?: string;
  from?: string;
  to?: string;
  refresh?: string;
  height?: number;
}

export function refOf(dashboard: string): { source: string; uid: string } {
  const at = dashboard.indexOf('/');
  return { source: dashboard.slice(0, at), uid: dashboard.slice(at + 1) };
}

/**
 * Variables with the facts put in: `{metadata.annotations.llm-platform.dev/name}` is that value of an entity. A variable
 * that names a fact which isn't there is left to the dashboard.
 */
export function fillVariables(
  variables: DashboardPlacement['variables'],
  facts: JsonValue,
): Record<string, string[]> {
  const filled: Record<string, string[]> = {};
  for (const [name, written] of Object.entries(variables ?? {})) {
    const values = [written].flat().map(text => fill(text, facts));
    if (values.every(value => value !== undefined)) {
      filled[name] = values;
    }
  }
  return filled;
}

function fill(text: string, facts: JsonValue): string | undefined {
  let known = true;
  const filled = text.replace(/\{([^{}]+)\}/g, (_, path: string) => {
    const value = getJsonValueAtPath(facts, path);
    if (typeof value === 'string' || typeof value === 'number') {
      return String(value);
    }
    known = false;
    return '';
  });
  return known ? filled : undefined;
}
