export { DashboardsRouter } from './DashboardsRouter';
export { dashboardLinks } from './links';
export { PlacedDashboard, UndrawableDashboard } from './page';
export { DashboardPanel } from './panel';
export { useOwnSettings } from './url';
