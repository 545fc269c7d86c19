export * from './Dashboards';
export * from './FileDashboards';
export * from './GrafanaDashboards';
export * from './types';
