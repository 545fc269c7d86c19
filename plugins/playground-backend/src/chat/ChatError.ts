import type { ChatErrorBody, ChatErrorSource } from './types';

/**
 * An error in the shape that OpenAI clients read, with whose fault it is.
 *
 * @remarks
 * The route to the browser answers in this shape rather than Backstage's own,
 * because the same error may also arrive as an event in the middle of a stream.
 *
 * @internal
 */
export class ChatError extends Error {
  readonly status: number;
  readonly source: ChatErrorSource;
  readonly code: string;
  readonly type: string;

  constructor(options: {
    status: number;
    source: ChatErrorSource;
    code: string;
    message: string;
    type?: string;
  }) {
    super(options.message);
    this.name = 'ChatError';
    this.status = options.status;
    this.source = options.source;
    this.code = options.code;
    this.type =
      options.type ??
      (options.status < 500 ? 'invalid_request_error' : 'server_error');
  }

  body(): ChatErrorBody {
    return {
      error: {
        message: this.message,
        type: this.type,
        code: this.code,
        source: this.source,
      },
    };
  }

  /** The same as a server-sent event; the leading blank line ends an event that was cut off. */
  event(): string {
    return `\n\ndata: ${JSON.stringify(this.body())}\n\n`;
  }
}

const KNOWN_STATUS: Record<string, number> = {
  AuthenticationError: 401,
  NotAllowedError: 403,
  NotFoundError: 404,
  InputError: 400,
  ServiceUnavailableError: 503,
};

/** Turns whatever was thrown into a {@link ChatError}; what isn't known keeps its text out of the browser. */
export function toChatError(error: unknown): ChatError {
  if (error instanceof ChatError) {
    return error;
  }
  const {
    name = '',
    message = '',
    type,
  } = (error ?? {}) as {
    name?: string;
    message?: string;
    type?: string;
  };
  if (type === 'entity.too.large') {
    return new ChatError({
      status: 413,
      source: 'input',
      code: 'request_too_large',
      message:
        'The conversation is larger than 1 MB. Remove earlier messages or start a new conversation.',
    });
  }
  if (type === 'entity.parse.failed' || type === 'encoding.unsupported') {
    return new ChatError({
      status: 400,
      source: 'input',
      code: 'invalid_json',
      message: 'The request body is not valid JSON.',
    });
  }
  const status = KNOWN_STATUS[name];
  if (status) {
    return new ChatError({
      status,
      source: status === 503 ? 'portal' : 'input',
      code: name
        .replace(/Error$/, '')
        .replace(/\B([A-Z])/g, '_$1')
        .toLowerCase(),
      message,
    });
  }
  return new ChatError({
    status: 500,
    source: 'portal',
    code: 'internal_error',
    message: 'The portal failed to handle the request. Its log says why.',
  });
}
