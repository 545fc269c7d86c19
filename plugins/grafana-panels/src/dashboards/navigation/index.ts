export { DashboardLinks } from './DashboardLinks';
export { grafanaUrl } from './grafanaUrl';
