export {
  DashboardDataProvider,
  useLiveDashboard,
} from './DashboardDataProvider';
export type {
  DashboardDataProviderProps,
  LiveDashboard,
  LivePanel,
  LiveVariable,
  PanelDataOptions,
} from './types';
export { useDashboard, useDashboards, type Loaded } from './useDashboards';
export { usePanelData } from './usePanelData';
