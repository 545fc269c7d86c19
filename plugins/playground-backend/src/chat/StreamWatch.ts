/** Longer lines are data; only their beginning matters here. */
const MAX_LINE = 64;

/**
 * Notices how a stream of server-sent events ends, without holding it back or
 * changing it: the bytes go through as they came.
 */
export class StreamWatch {
  #line = '';
  #done = false;
  #failed = false;

  /** The stream said `[DONE]`. */
  get done(): boolean {
    return this.#done;
  }

  /** The stream carried an error event of its own. */
  get failed(): boolean {
    return this.#failed;
  }

  feed(chunk: Uint8Array): void {
    // Only ASCII prefixes are looked at: latin1 keeps split characters harmless
    const lines = (this.#line + Buffer.from(chunk).toString('latin1')).split(
      '\n',
    );
    this.#line = (lines.pop() ?? '').slice(0, MAX_LINE);
    for (const line of lines) {
      this.#look(line);
    }
  }

  /** Looks at a last line without a line end. */
  end(): void {
    this.#look(this.#line);
    this.#line = '';
  }

  #look(line: string): void {
    if (/^data: ?\[DONE\]/.test(line)) {
      this.#done = true;
    } else if (/^data: ?\{\s*"error"/.test(line)) {
      this.#failed = true;
    }
  }
}
