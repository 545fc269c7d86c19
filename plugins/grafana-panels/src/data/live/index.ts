export {
  DashboardDataProvider,
  useLiveDashboard,
} from './DashboardDataProvider';
export type { LiveDashboard, LivePanel, LiveVariable } from './types';
export { useDashboard, useDashboards, type Loaded } from './useDashboards';
export { usePanelData } from './usePanelData';
