export { VllmMetrics } from './vllmMetrics';
export type { FinishedReason, FinishedRequest } from './vllmMetrics';
