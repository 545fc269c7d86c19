export { buildPrometheus, builtPrometheus, prometheusDirectory } from './build';
export * from './prometheus';
export * from './run';
