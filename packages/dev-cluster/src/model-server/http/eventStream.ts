import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Server-sent events: each is sent at once, and waits for a slow reader. */
export class EventStream {
  constructor(
    private readonly response: ServerResponse,
    private readonly signal: AbortSignal,
  ) {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
    });
    response.flushHeaders();
  }

  async send(data: object | '[DONE]'): Promise<void> {
    if (this.signal.aborted) {
      return;
    }
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    if (!this.response.write(`data: ${text}\n\n`)) {
      await once(this.response, 'drain', { signal: this.signal }).catch(
        () => undefined,
      );
    }
  }

  end(): void {
    this.response.end();
  }
}
