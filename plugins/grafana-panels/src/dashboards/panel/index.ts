export { DashboardPanel, type DashboardPanelProps } from './DashboardPanel';
