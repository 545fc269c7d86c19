import type { IncomingMessage } from 'node:http';
import { ApiError, invalidBody } from './apiError';

/** Larger than any prompt that fits the longest context. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** The JSON object in a request's body. */
export async function readJson(
  request: IncomingMessage,
): Promise<Record<string, unknown>> {
  const type = (request.headers['content-type'] ?? '')
    .split(';', 1)[0]
    .trim()
    .toLowerCase();
  if (type !== 'application/json') {
    throw invalidBody([
      "Unsupported Media Type: Only 'application/json' is allowed",
    ]);
  }
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY_BYTES) {
      throw new ApiError(
        413,
        'Request Entity Too Large',
        `The request body is larger than ${MAX_BODY_BYTES} bytes.`,
      );
    }
    parts.push(part);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw invalidBody([
      `{'type': 'json_invalid', 'loc': ('body', 0), 'msg': 'JSON decode error', 'ctx': {'error': ${JSON.stringify(
        reason,
      )}}}`,
    ]);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw invalidBody([
      "{'type': 'model_attributes_type', 'loc': ('body',), 'msg': 'Input should be a valid dictionary or object to extract fields from'}",
    ]);
  }
  return parsed as Record<string, unknown>;
}
