export { DashboardPage } from './DashboardPage';
export { PlacedDashboard } from './PlacedDashboard';
export { UndrawableDashboard } from './UndrawableDashboard';
