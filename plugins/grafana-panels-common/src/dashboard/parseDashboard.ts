import type { ParsedDashboard } from './types';

/**
 * Reads the JSON of a dashboard (schema 16 to 42, or `dashboard.grafana.app/v2*`) into today's form. Never throws:
 * what is missing or approximated is in `problems`, and a dashboard that can't be read at all is undefined.
 *
 * @public
 */
export function parseDashboard(json: unknown): ParsedDashboard {
  throw new Error(`not built yet: ${typeof json}`);
}
