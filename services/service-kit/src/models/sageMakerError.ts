import {
  ModelError,
  ModelNotReadyException,
  SageMakerRuntimeServiceException,
} from '@aws-sdk/client-sagemaker-runtime';
import { ServiceError } from '../errors';
import { transportError } from './transportError';
import { vllmError } from './vllmError';

const RETRY = { headers: { 'retry-after': '5' } };

/**
 * What is told of a failed InvokeEndpoint. The names are those that the
 * service's API documents; what AWS says of accounts and roles goes to the log.
 *
 * @param options - what was asked for, for the message
 */
export function sageMakerError(
  error: unknown,
  options: {
    endpoint: string;
    variant: string | undefined;
    timeoutMs: number;
  },
): ServiceError {
  const { endpoint, variant, timeoutMs } = options;
  if (error instanceof ModelError) {
    // The container's own answer; ours run vLLM behind it.
    return vllmError({
      status: error.OriginalStatusCode ?? 500,
      body: error.OriginalMessage ?? '',
      retryAfter: undefined,
      model: variant ?? endpoint,
    });
  }
  if (error instanceof ModelNotReadyException) {
    return new ServiceError(
      'model_starting',
      `The SageMaker endpoint '${endpoint}' is still loading its model.`,
      { ...RETRY, cause: error },
    );
  }
  if (!(error instanceof SageMakerRuntimeServiceException)) {
    return error instanceof Error && error.name === 'CredentialsProviderError'
      ? new ServiceError(
          'upstream_failed',
          'This service has no AWS credentials: its service account needs a role.',
          { cause: error },
        )
      : transportError(error, timeoutMs);
  }
  switch (error.name) {
    case 'ValidationError':
    case 'ValidationException':
      return variant !== undefined && /variant/i.test(error.message)
        ? new ServiceError(
            'variant_not_found',
            `The SageMaker endpoint '${endpoint}' has no variant '${variant}'.`,
            { cause: error },
          )
        : new ServiceError(
            'model_unavailable',
            `SageMaker can't invoke the endpoint '${endpoint}': it does not exist, is not in service or does not take this request.`,
            { ...RETRY, cause: error },
          );
    case 'ThrottlingException':
      return new ServiceError(
        'rate_limit_exceeded',
        'SageMaker has too many requests.',
        { ...RETRY, cause: error },
      );
    case 'ServiceUnavailable':
    case 'ServiceUnavailableException':
    case 'InternalDependencyException':
      return new ServiceError(
        'model_unavailable',
        'SageMaker is not available.',
        { ...RETRY, cause: error },
      );
    case 'AccessDeniedException':
    case 'UnrecognizedClientException':
    case 'InvalidSignatureException':
    case 'ExpiredTokenException':
      return new ServiceError(
        'upstream_failed',
        `SageMaker refused this service's credentials for the endpoint '${endpoint}'.`,
        { cause: error },
      );
    default:
      return new ServiceError(
        'upstream_failed',
        `SageMaker failed on the endpoint '${endpoint}'.`,
        { cause: error },
      );
  }
}
