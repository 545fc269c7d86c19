import { isObject } from '../json';

/** As much of a prompt as tells which others begin like it. */
const LONGEST = 2048;
const TOKENS = 256;

function textOf(content: unknown): string {
  if (typeof content === 'string') {
    return content;
  }
  return Array.isArray(content)
    ? content
        .map(part =>
          isObject(part) && typeof part.text === 'string' ? part.text : '',
        )
        .join('')
    : '';
}

/** Everything to the end of the first turn: later turns of a talk begin with it. */
function chatPrefix(messages: unknown[]): string {
  let prefix = '';
  for (const message of messages) {
    if (prefix.length >= LONGEST || !isObject(message)) {
      break;
    }
    prefix += `${message.role}\0${textOf(message.content)}\0`;
    if (message.role === 'user') {
      break;
    }
  }
  return prefix.slice(0, LONGEST);
}

/**
 * The beginning of a request's prompt. Requests that have it in common can
 * share a replica's prefix cache. Undefined where there is no prompt.
 *
 * @public
 */
export function promptPrefix(
  fields: Record<string, unknown>,
): string | undefined {
  const { messages, prompt } = fields;
  if (Array.isArray(messages)) {
    return chatPrefix(messages);
  }
  const first =
    Array.isArray(prompt) && typeof prompt[0] !== 'number' ? prompt[0] : prompt;
  if (typeof first === 'string') {
    return first.slice(0, LONGEST);
  }
  return Array.isArray(first) ? first.slice(0, TOKENS).join(',') : undefined;
}
