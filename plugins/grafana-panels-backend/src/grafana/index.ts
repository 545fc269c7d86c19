export * from './Grafana';
