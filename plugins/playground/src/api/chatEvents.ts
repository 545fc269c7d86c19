import { createParser } from 'eventsource-parser';
import type { ChatErrorInfo, ChatErrorSource, ChatEvent } from './types';

/** Far more than one chunk of an answer; a stream without line ends must not fill the memory. */
const MAX_BUFFER = 1024 * 1024;

const SOURCES: ReadonlySet<string> = new Set<ChatErrorSource>([
  'input',
  'budget',
  'gateway',
  'model',
  'portal',
]);

interface Chunk {
  x_simulated?: unknown;
  choices?: Array<{
    delta?: { content?: unknown };
    finish_reason?: unknown;
  }>;
  usage?: { prompt_tokens?: unknown; completion_tokens?: unknown };
  error?: unknown;
}

/** The error of an OpenAI-shaped body, or undefined if it is none. */
export function readChatError(
  body: unknown,
  fallback: ChatErrorSource,
): ChatErrorInfo | undefined {
  const error = (body as { error?: unknown } | undefined)?.error;
  if (typeof error !== 'object' || error === null) {
    return undefined;
  }
  const { message, code, source } = error as Record<string, unknown>;
  return {
    message:
      typeof message === 'string' && message ? message : 'No reason was given.',
    code: typeof code === 'string' ? code : 'unknown',
    source:
      typeof source === 'string' && SOURCES.has(source)
        ? (source as ChatErrorSource)
        : fallback,
  };
}

/** The gateway doesn't say whose an error inside a stream is; only its own shutdown isn't the model's. */
function sourceInStream(chunk: Chunk): ChatErrorSource {
  const { code } = (chunk.error ?? {}) as { code?: unknown };
  return code === 'shutting_down' ? 'gateway' : 'model';
}

function* readChunk(chunk: Chunk): Generator<ChatEvent> {
  const error = readChatError(chunk, sourceInStream(chunk));
  if (error) {
    yield { type: 'error', error };
    return;
  }
  if (chunk.x_simulated) {
    yield {
      type: 'simulated',
      what:
        typeof chunk.x_simulated === 'string' ? chunk.x_simulated : 'answer',
    };
  }
  const [choice] = chunk.choices ?? [];
  if (typeof choice?.delta?.content === 'string' && choice.delta.content) {
    yield { type: 'delta', text: choice.delta.content };
  }
  if (typeof choice?.finish_reason === 'string') {
    yield { type: 'finish', reason: choice.finish_reason };
  }
  const { prompt_tokens: prompt, completion_tokens: completion } =
    chunk.usage ?? {};
  if (typeof prompt === 'number' && typeof completion === 'number') {
    yield { type: 'usage', promptTokens: prompt, completionTokens: completion };
  }
}

const BROKEN_OFF: ChatErrorInfo = {
  message: 'The connection to the portal ended before the answer was complete.',
  code: 'connection_lost',
  source: 'portal',
};

/**
 * Reads OpenAI's chunks from a streamed body. Ends with an `error` event when the
 * stream breaks off; rejects only when `signal` aborted.
 */
export async function* readChatEvents(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<ChatEvent> {
  const queue: string[] = [];
  const parser = createParser({
    maxBufferSize: MAX_BUFFER,
    onEvent: event => queue.push(event.data),
  });
  const reader = body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      parser.feed(decoder.decode(value, { stream: true }));
      for (const data of queue.splice(0)) {
        if (data === '[DONE]') {
          return;
        }
        for (const event of readChunk(JSON.parse(data) as Chunk)) {
          yield event;
          if (event.type === 'error') {
            return;
          }
        }
      }
    }
  } catch (caught) {
    if (signal.aborted) {
      throw caught;
    }
  } finally {
    // Frees the connection when the consumer stops early; it may be gone already
    await reader.cancel().catch(() => undefined);
  }
  yield { type: 'error', error: BROKEN_OFF };
}
