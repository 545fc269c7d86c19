import { ServiceError } from '../errors';

/** vLLM's own sentences differ by version and by what is too long. */
const CONTEXT_LENGTH =
  /maximum context length|maximum model length|max_model_len|context_length_exceeded/i;
const LONGEST_MESSAGE = 1000;

/** The message in an error as vLLM writes it now (`{error: {message}}`) or wrote it once (`{message}`). */
function messageOf(body: string): string | undefined {
  try {
    const parsed = JSON.parse(body);
    const message = parsed?.error?.message ?? parsed?.message;
    return typeof message === 'string'
      ? message.slice(0, LONGEST_MESSAGE)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What is told of an error that vLLM (or a gateway in front of it) answered
 * with. Only what the caller can change is passed on in vLLM's words.
 */
export function vllmError(answer: {
  status: number;
  body: string;
  retryAfter: string | undefined;
  /** The name that was asked for. */
  model: string;
}): ServiceError {
  const { status, body, model } = answer;
  const message = messageOf(body);
  const retry = {
    headers: { 'retry-after': answer.retryAfter ?? '5' },
  };
  switch (status) {
    case 400:
    case 422:
      return new ServiceError(
        CONTEXT_LENGTH.test(body)
          ? 'context_length_exceeded'
          : 'invalid_request',
        message ?? 'The model server refused the request without a reason.',
      );
    case 401:
    case 403:
      return new ServiceError(
        'upstream_failed',
        `The model server refused this service's credential (${status}). VLLM_API_KEY is missing or wrong.`,
      );
    case 404:
      return new ServiceError(
        'model_not_found',
        `The model server does not serve '${model}'.`,
      );
    case 413:
      return new ServiceError(
        'request_too_large',
        'The prompt is larger than the model server accepts.',
      );
    case 429:
      return new ServiceError(
        'rate_limit_exceeded',
        message ?? 'The model server has too many requests.',
        retry,
      );
    case 503:
      return new ServiceError(
        'model_unavailable',
        message ?? 'The model server has no room or is not ready.',
        retry,
      );
    case 408:
    case 504:
      return new ServiceError(
        'upstream_timeout',
        message ?? 'The model did not answer in time.',
      );
    default:
      return new ServiceError(
        'upstream_failed',
        `The model server answered with status ${status}.`,
        { cause: message },
      );
  }
}
