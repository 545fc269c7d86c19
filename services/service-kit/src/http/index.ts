export * from './createServiceApp';
export * from './logger';
export { requestIdOf } from './requestId';
export { toServiceError } from './toServiceError';
