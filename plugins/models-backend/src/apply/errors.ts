import {
  ConflictError,
  ForwardedError,
  InputError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import { KubernetesApiError } from '@llm-platform/plugin-models-node';

/**
 * What the API server refuses, as an error of ours that says what was being done. Its own "forbidden" is about the
 * portal's account, not about the person who asked, so it doesn't become a 403.
 */
export function clusterError(doing: string, cause: unknown): Error {
  if (!KubernetesApiError.isInstance(cause)) {
    const error = toError(cause);
    // Errors of ours (they have their own status) pass; what is left is the network.
    return 'code' in error
      ? new ServiceUnavailableError(
          `${doing}: the cluster does not answer (${error.message})`,
        )
      : new ForwardedError(doing, error);
  }
  const message = `${doing}: ${cause.message}`;
  switch (cause.statusCode) {
    case 409:
      return new ConflictError(message);
    case 400:
    case 404:
    case 422:
      return new InputError(message);
    default:
      return new ServiceUnavailableError(message);
  }
}
