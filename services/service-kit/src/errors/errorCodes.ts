/** What an error code means to the client that receives it. @public */
export interface ErrorCodeInfo {
  /** HTTP status. */
  status: number;
  /** OpenAI's `type`. */
  type: string;
  /** When it is given, for the documentation. */
  meaning: string;
}

/**
 * Every error code that a service of the platform answers with.
 *
 * @public
 */
export const errorCodes = {
  missing_api_key: {
    status: 401,
    type: 'invalid_request_error',
    meaning: 'No credential in `Authorization: Bearer` or `x-api-key`.',
  },
  invalid_api_key: {
    status: 401,
    type: 'invalid_request_error',
    meaning:
      'The credential is unknown, revoked, malformed, not yet valid or made for something else.',
  },
  expired_api_key: {
    status: 401,
    type: 'invalid_request_error',
    meaning: 'The credential was right and has expired.',
  },
  model_not_allowed: {
    status: 403,
    type: 'permission_error',
    meaning:
      "The model belongs to the credential's team, but the credential is limited to others.",
  },
  model_not_found: {
    status: 404,
    type: 'invalid_request_error',
    meaning:
      "No such model for this credential. Another team's model reads the same as one that doesn't exist.",
  },
  service_not_allowed: {
    status: 403,
    type: 'permission_error',
    meaning:
      "The team service belongs to the credential's team, but the credential is limited to others.",
  },
  service_not_found: {
    status: 404,
    type: 'invalid_request_error',
    meaning:
      "No such team service for this credential. Another team's reads the same as one that doesn't exist.",
  },
  unknown_url: {
    status: 404,
    type: 'invalid_request_error',
    meaning: 'No such path, or not with this method.',
  },
  bad_request: {
    status: 400,
    type: 'invalid_request_error',
    meaning: 'The request is not valid HTTP or lacks something.',
  },
  invalid_json: {
    status: 400,
    type: 'invalid_request_error',
    meaning: 'The body is not a JSON object.',
  },
  invalid_request: {
    status: 400,
    type: 'invalid_request_error',
    meaning:
      'A field is missing, unknown or out of range; the message names each.',
  },
  context_length_exceeded: {
    status: 400,
    type: 'invalid_request_error',
    meaning:
      "Prompt and answer together are longer than the model's context. The message has the numbers.",
  },
  variant_not_found: {
    status: 404,
    type: 'invalid_request_error',
    meaning: 'No such variant or adapter; the message names those there are.',
  },
  evaluation_not_found: {
    status: 404,
    type: 'invalid_request_error',
    meaning: 'No such evaluation, or it was deleted.',
  },
  too_many_evaluations: {
    status: 429,
    type: 'rate_limit_error',
    meaning: 'As many evaluations wait or are followed as the service allows.',
  },
  missing_model: {
    status: 400,
    type: 'invalid_request_error',
    meaning: 'The body has no `model`, or it is not a non-empty string.',
  },
  request_timeout: {
    status: 408,
    type: 'invalid_request_error',
    meaning: 'The client took too long to send the request.',
  },
  request_too_large: {
    status: 413,
    type: 'invalid_request_error',
    meaning: 'The body is larger than the limit.',
  },
  rate_limit_exceeded: {
    status: 429,
    // OpenAI's type is what the limit counts; `tokens` is set where it is that.
    type: 'requests',
    meaning:
      'A limit per minute or on concurrent requests has no room. The message says whose and which, `retry-after` when there is.',
  },
  insufficient_quota: {
    status: 429,
    type: 'insufficient_quota',
    meaning:
      'A budget of tokens or money per day or month has no room for the request.',
  },
  client_gone: {
    status: 499,
    type: 'invalid_request_error',
    meaning: 'The client left before the answer. Only in logs and metrics.',
  },
  headers_too_large: {
    status: 431,
    type: 'invalid_request_error',
    meaning: 'The request headers are larger than the limit.',
  },
  internal_error: {
    status: 500,
    type: 'server_error',
    meaning: 'A fault in the service. The request id finds it in the log.',
  },
  upstream_unreachable: {
    status: 502,
    type: 'server_error',
    meaning: 'No replica of the model accepted a connection.',
  },
  upstream_failed: {
    status: 502,
    type: 'server_error',
    meaning:
      'The model took the request and broke off, or answered something unusable.',
  },
  prediction_failed: {
    status: 502,
    type: 'server_error',
    meaning: 'The model answered, but with nothing that is an answer.',
  },
  upstream_interrupted: {
    status: 502,
    type: 'server_error',
    meaning:
      'The model stopped in the middle of an answer. In a stream it comes as an event.',
  },
  model_starting: {
    status: 503,
    type: 'server_error',
    meaning: 'The model has replicas, none of them ready yet.',
  },
  model_scaled_to_zero: {
    status: 503,
    type: 'server_error',
    meaning: 'The model is stopped: zero replicas are asked for.',
  },
  model_unavailable: {
    status: 503,
    type: 'server_error',
    meaning: 'The model has no running replica.',
  },
  service_starting: {
    status: 503,
    type: 'server_error',
    meaning: 'The team service has replicas, none of them ready yet.',
  },
  service_scaled_to_zero: {
    status: 503,
    type: 'server_error',
    meaning: 'The team service is stopped: zero replicas are asked for.',
  },
  service_unavailable: {
    status: 503,
    type: 'server_error',
    meaning: 'The team service has no running replica.',
  },
  not_ready: {
    status: 503,
    type: 'server_error',
    meaning: 'The service has not read its routes and credentials yet.',
  },
  shutting_down: {
    status: 503,
    type: 'server_error',
    meaning: 'The service stops and the grace period is over.',
  },
  limits_unavailable: {
    status: 503,
    type: 'server_error',
    meaning:
      'The counters of usage limits are out of reach, and the gateway is set to refuse what it cannot check.',
  },
  storage_full: {
    status: 507,
    type: 'server_error',
    meaning: 'The service keeps as much as it may; delete something.',
  },
  upstream_timeout: {
    status: 504,
    type: 'server_error',
    meaning: 'The model did not answer within the time allowed.',
  },
} as const satisfies Record<string, ErrorCodeInfo>;

/** @public */
export type ErrorCode = keyof typeof errorCodes;
