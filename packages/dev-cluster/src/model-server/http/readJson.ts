import type { IncomingMessage } from 'node:http';
import { ApiError, invalidBody } from './apiError';

/** Larger than any prompt that fits the longest context. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** The whole body; the rest of a too large one is read but not kept. */
function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size <= MAX_BODY_BYTES) {
        parts.push(part);
        return;
      }
      parts.length = 0;
      reject(
        new ApiError(
          413,
          'Request Entity Too Large',
          `The request body is larger than ${MAX_BODY_BYTES} bytes.`,
        ),
      );
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
  });
}

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
  const body = await readBody(request);
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
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
