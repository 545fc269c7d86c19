export { DashboardLinks } from './DashboardLinks';
export { grafanaUrl } from './grafanaUrl';
export { useResolveUrl } from './useResolveUrl';
