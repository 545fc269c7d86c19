export { DashboardPage } from './DashboardPage';
export { PlacedDashboard } from './PlacedDashboard';
