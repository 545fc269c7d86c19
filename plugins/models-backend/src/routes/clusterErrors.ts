import { KubernetesApiError } from '@llm-platform/plugin-models-node';
import type { ErrorRequestHandler } from 'express';
import { clusterError } from '../apply';

/** What a cluster answered to us is not what we answer to the browser. */
export const clusterErrors: ErrorRequestHandler = (error, _req, _res, next) => {
  next(
    KubernetesApiError.isInstance(error) || isConnectionError(error)
      ? clusterError('The cluster refused', error)
      : error,
  );
};

function isConnectionError(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^E[A-Z]+$/.test(error.code)
  );
}
