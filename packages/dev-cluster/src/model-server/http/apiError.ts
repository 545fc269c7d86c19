/** An answer in vLLM's error shape. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    message: string,
    readonly param?: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  toBody(): object {
    return {
      error: {
        message: this.message,
        type: this.type,
        param: this.param ?? null,
        code: this.status,
      },
    };
  }
}

/** What vLLM answers to a value it refuses. */
export function badRequest(message: string, param?: string): ApiError {
  return new ApiError(400, 'BadRequestError', message, param);
}

/** What vLLM has and the stand-in hasn't. */
export function notSupported(what: string, param: string): ApiError {
  return badRequest(
    `${what} not supported by the embedded model server, which stands in for vLLM.`,
    param,
  );
}

/** What FastAPI finds before vLLM sees the request. */
export function invalidBody(details: readonly string[]): ApiError {
  const count = details.length;
  return new ApiError(
    400,
    'Bad Request',
    `${count} validation error${count === 1 ? '' : 's'}:\n${details
      .map(detail => `  ${detail}`)
      .join('\n')}`,
  );
}
