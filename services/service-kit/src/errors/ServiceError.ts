import { errorCodes, type ErrorCode } from './errorCodes';

/** OpenAI's error object. @public */
export interface OpenAiErrorBody {
  error: {
    message: string;
    type: string;
    // OpenAI's clients read these two as nullable, so they are always present.
    param: string | null;
    code: string;
  };
}

/** The error object of `/api` and of the team services. @public */
export interface ApiErrorBody {
  error: ErrorCode;
  message: string;
  /** What finds the request in the logs. */
  request_id: string;
}

/** @public */
export interface ServiceErrorOptions {
  /** The request parameter that is wrong. */
  param?: string;
  /** OpenAI's `type`, where one code has several; else the code's own. */
  type?: string;
  /** Extra response headers, such as `retry-after`. */
  headers?: Record<string, string>;
  /** What led to it; logged, never sent. */
  cause?: unknown;
}

/**
 * An error with a listed code that is safe to show to the client.
 *
 * @public
 */
export class ServiceError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly type: string;
  readonly param: string | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ErrorCode, message: string, options?: ServiceErrorOptions) {
    super(message, { cause: options?.cause });
    this.name = 'ServiceError';
    this.code = code;
    this.status = errorCodes[code].status;
    this.type = options?.type ?? errorCodes[code].type;
    this.param = options?.param;
    this.headers = options?.headers ?? {};
  }

  /** The body in OpenAI's shape. */
  toBody(): OpenAiErrorBody {
    return {
      error: {
        message: this.message,
        type: this.type,
        param: this.param ?? null,
        code: this.code,
      },
    };
  }

  /** The body as `/api` and the team services have it. */
  toApiBody(requestId: string): ApiErrorBody {
    return { error: this.code, message: this.message, request_id: requestId };
  }
}
