export * from './createServiceApp';
export { DirectRequest } from './DirectRequest';
export type { DirectRoute } from './directRoutes';
export * from './logger';
export { requestIdOf } from './requestId';
export { traceOf } from './requestLog';
export type { RequestFacts } from './requestFacts';
export { toServiceError } from './toServiceError';
