/**
 * Grafana's dashboards without Grafana: their model, their variables, and PromQL that shows a viewer's teams only.
 *
 * @packageDocumentation
 */
export * from './dashboard';
export * from './promql';
export * from './query';
export * from './sources';
export * from './variables';
