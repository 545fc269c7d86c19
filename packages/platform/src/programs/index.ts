export { buildPrometheus, builtPrometheus, prometheusDirectory } from './build';
export type { PrometheusModule, PrometheusPrograms } from './build';
export * from './prometheus';
export * from './run';
