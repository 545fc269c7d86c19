import type { VariableScope } from '../variables/types';
import type { Dashboard, DashboardRow } from './types';

/**
 * The rows as they are shown: repeated rows and panels once per chosen value, placed as Grafana places them.
 *
 * @public
 */
export function expandRepeats(
  dashboard: Dashboard,
  scope: VariableScope,
): DashboardRow[] {
  throw new Error(`not built yet: ${dashboard.title} ${scope.size}`);
}
