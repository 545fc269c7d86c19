import { ChatError } from '../chat/ChatError';
import type { ChatErrorSource } from '../chat/types';

interface UpstreamError {
  message?: unknown;
  type?: unknown;
  code?: unknown;
}

function readError(body: string): UpstreamError {
  try {
    const parsed = JSON.parse(body) as { error?: unknown };
    if (typeof parsed.error === 'object' && parsed.error !== null) {
      return parsed.error as UpstreamError;
    }
    // vLLM before 0.10 puts the fields at the top level
    return parsed as UpstreamError;
  } catch {
    return {};
  }
}

/** vLLM repeats the HTTP status as its code: the page needs to know the one case it can help with. */
function codeOf(status: number, code: unknown, message: string): string {
  if (typeof code === 'string' && code) {
    return code;
  }
  return /maximum context length/i.test(message)
    ? 'context_length_exceeded'
    : `gateway_status_${status}`;
}

function sourceOf(status: number, code: string): ChatErrorSource {
  if (/budget|quota|rate_limit|credit/.test(code)) {
    return 'budget';
  }
  if (status === 401 || status === 403) {
    return 'gateway';
  }
  if (status === 402 || status === 429) {
    return 'budget';
  }
  if (/upstream|model_|endpoint|replica/.test(code)) {
    return 'model';
  }
  return status < 500 ? 'input' : 'gateway';
}

/** Makes the error that the browser sees from the gateway's answer. */
export function upstreamError(status: number, body: string): ChatError {
  const { message, type, code } = readError(body);
  const text =
    typeof message === 'string' && message.trim()
      ? message.slice(0, 2000)
      : `The gateway answered ${status} without saying why.`;
  const codeText = codeOf(status, code, text);
  const source = sourceOf(status, codeText);
  if (status === 401 || status === 403) {
    // Passed on as it is, a 401 would read as "your session ended" in the browser
    return new ChatError({
      status: 502,
      source,
      code: 'gateway_refused_portal',
      message: `The gateway refused the portal's token: ${text}`,
    });
  }
  return new ChatError({
    status,
    source,
    code: codeText,
    type: typeof type === 'string' ? type : undefined,
    message: text,
  });
}
