import type { Panel } from '@llm-platform/plugin-grafana-panels-common';
import type {
  DashboardDataProviderProps,
  LiveDashboard,
  LivePanel,
  PanelDataOptions,
} from './types';

/** Reads variables and panels for what is inside; identical and simultaneous questions are asked together. */
export function DashboardDataProvider(
  props: DashboardDataProviderProps,
): JSX.Element {
  return <>{props.children}</>;
}

/** Variables and rows of the dashboard around this component. */
export function useLiveDashboard(): LiveDashboard {
  throw new Error('not built yet');
}

/** Data of a panel of the dashboard around this component; keeps the last data while it asks and when that fails. */
export function usePanelData(
  panel: Panel,
  options: PanelDataOptions,
): LivePanel {
  throw new Error(`not built yet: ${panel.id} ${options.width}`);
}
