import type { ChatTurn } from '../engine';
import { badRequest } from './apiError';
import type { Fields } from './fields';

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool'];
const MAX_MESSAGES = 1000;

function readParts(
  fields: Fields,
  index: number,
  parts: unknown[],
  model: string,
): string {
  const texts = parts.map((part, at) => {
    const { type, text } = (part ?? {}) as { type?: unknown; text?: unknown };
    if (type === 'text' && typeof text === 'string') {
      return text;
    }
    if (typeof type === 'string' && type !== 'text') {
      throw badRequest(`${model} is not a multimodal model`);
    }
    fields.problem(
      ['messages', index, 'content', at, 'text'],
      'string_type',
      'Input should be a valid string',
    );
    return '';
  });
  return texts.join('\n');
}

/** The messages of a chat, as plain text. */
export function readMessages(fields: Fields, model: string): ChatTurn[] {
  const messages = fields.raw('messages');
  if (messages === undefined) {
    fields.missing('messages');
    fields.check();
  }
  if (!Array.isArray(messages) || messages.length > MAX_MESSAGES) {
    fields.problem(
      ['messages'],
      'list_type',
      `Input should be a valid list of at most ${MAX_MESSAGES} messages`,
    );
    fields.check();
  }
  const turns = (messages as unknown[]).map((message, index): ChatTurn => {
    const { role, content } = (message ?? {}) as {
      role?: unknown;
      content?: unknown;
    };
    if (typeof role !== 'string' || !ROLES.includes(role)) {
      fields.problem(
        ['messages', index, 'role'],
        'literal_error',
        `Input should be one of ${ROLES.join(', ')}`,
      );
      return { role: 'user', content: '' };
    }
    // OpenAI's newer name for what the chat formats call system.
    const turnRole = role === 'developer' ? 'system' : role;
    if (typeof content === 'string') {
      return { role: turnRole, content };
    }
    if (Array.isArray(content)) {
      return {
        role: turnRole,
        content: readParts(fields, index, content, model),
      };
    }
    if ((content === undefined || content === null) && role === 'assistant') {
      return { role: turnRole, content: '' };
    }
    fields.problem(
      ['messages', index, 'content'],
      'string_type',
      'Input should be a valid string',
    );
    return { role: turnRole, content: '' };
  });
  fields.check();
  if (turns.length === 0) {
    throw badRequest('messages must contain at least one message.', 'messages');
  }
  return turns;
}
