/** A line longer than this is cut: no log line may exhaust the browser's memory. */
const MAX_LINE_LENGTH = 64 * 1024;

/**
 * Text lines of a streamed body, as they come. Releases the body when the consumer stops early.
 *
 * @public
 */
export async function* readLines(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = done ? '' : lines.pop() ?? '';
      if (rest.length > MAX_LINE_LENGTH) {
        lines.push(rest);
        rest = '';
      }
      for (const line of lines) {
        if (line !== '' || !done) {
          yield line.replace(/\r$/, '').slice(0, MAX_LINE_LENGTH);
        }
      }
      if (done) {
        return;
      }
    }
  } finally {
    // The stream may have failed already; cancelling is only to free the connection.
    await reader.cancel().catch(() => undefined);
  }
}
