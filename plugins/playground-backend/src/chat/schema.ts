import { z } from 'zod';
import { ChatError } from './ChatError';
import type { ChatRequest } from './types';

/** Messages per conversation. */
export const MAX_MESSAGES = 200;
/** Bytes of the request body. */
export const MAX_BODY_BYTES = 1024 * 1024;

const schema = z.strictObject({
  cluster: z.string().min(1).max(253),
  model: z.string().min(1).max(253),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(['system', 'user', 'assistant']),
        content: z.string(),
      }),
    )
    .min(1)
    .max(MAX_MESSAGES),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().gt(0).max(1).optional(),
  max_tokens: z.int().min(1).max(1_000_000).optional(),
  seed: z.int().optional(),
  stop: z.array(z.string().min(1).max(200)).max(4).optional(),
});

/** Reads the body of `POST /v1/chat` or says which field is wrong. */
export function parseChatRequest(body: unknown): ChatRequest {
  const result = schema.safeParse(body);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues
    .slice(0, 5)
    .map(issue => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  throw new ChatError({
    status: 400,
    source: 'input',
    code: 'invalid_request',
    message: `The request is not valid. ${problems.join('; ')}`,
  });
}
