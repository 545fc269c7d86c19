import { CustomErrorBase } from '@backstage/errors';

/** The API server refused a request, in its own words. @public */
export class KubernetesApiError extends CustomErrorBase {
  name = 'KubernetesApiError' as const;
  /** HTTP status. */
  readonly statusCode: number;
  /** Kubernetes' own reason, e.g. `Conflict`, `AlreadyExists`, `Expired`. */
  readonly reason: string | undefined;

  /** Recognises the error also when it comes from another copy of this module. */
  static isInstance(error: unknown): error is KubernetesApiError {
    return (
      error instanceof Error &&
      error.name === 'KubernetesApiError' &&
      'statusCode' in error
    );
  }

  /** From the body of an answer, which is a Kubernetes Status where the API server itself answered. */
  static fromResponse(statusCode: number, body: string): KubernetesApiError {
    try {
      const status = JSON.parse(body) as { message?: string; reason?: string };
      return new KubernetesApiError(
        statusCode,
        status.message ?? `the API server answered ${statusCode}`,
        status.reason,
      );
    } catch {
      return new KubernetesApiError(
        statusCode,
        body.slice(0, 500) || `the API server answered ${statusCode}`,
      );
    }
  }

  constructor(statusCode: number, message: string, reason?: string) {
    super(message);
    this.statusCode = statusCode;
    this.reason = reason;
  }
}

/** The API server did not answer in time. @public */
export class NoAnswerError extends CustomErrorBase {
  name = 'NoAnswerError' as const;
  /** As the errors of Node's own network functions have one. */
  readonly code = 'ETIMEDOUT';

  constructor(timeoutMs: number) {
    super(`the API server did not answer within ${timeoutMs / 1000} s`);
  }
}
