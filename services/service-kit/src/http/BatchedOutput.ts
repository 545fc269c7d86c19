import { write, writeSync } from 'node:fs';

/** Lines are written together once there are this many characters of them … */
const BATCH_CHARS = 32 * 1024;
/** … or after this long, in ms. */
const LONGEST_DELAY_MS = 100;
/** How long to wait for a reader that is behind, in ms. */
const RETRY_MS = 10;
/** Lines that nobody reads are dropped rather than kept until memory is gone. */
const MOST_CHARS_HELD = 16 * 1024 * 1024;

function isBusy(error: NodeJS.ErrnoException | null): boolean {
  return error?.code === 'EAGAIN';
}

/**
 * A file descriptor that log lines go to in batches, in order and without
 * waiting. pino's own destination does that too, but counts the bytes of each
 * line, which takes longer than making the line.
 */
export class BatchedOutput {
  private text = '';
  /** What is being written now. */
  private writing: Buffer | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly fd: number) {}

  write(line: string): void {
    if (this.text.length > MOST_CHARS_HELD) {
      return;
    }
    this.text += line;
    if (this.text.length >= BATCH_CHARS) {
      this.flush();
    } else {
      this.timer ??= setTimeout(() => this.flush(), LONGEST_DELAY_MS).unref();
    }
  }

  /**
   * Writes everything now and waits for it: for the end of the process. What is
   * being written at that moment may come twice, rather than not at all.
   */
  flushSync(): void {
    let rest = Buffer.concat([
      this.writing ?? Buffer.alloc(0),
      Buffer.from(this.text),
    ]);
    this.text = '';
    this.writing = undefined;
    const giveUp = Date.now() + 1000;
    while (rest.length > 0 && Date.now() < giveUp) {
      try {
        rest = rest.subarray(writeSync(this.fd, rest));
      } catch (error) {
        if (!isBusy(error as NodeJS.ErrnoException)) {
          return;
        }
      }
    }
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.writing && this.text !== '') {
      this.writing = Buffer.from(this.text);
      this.text = '';
      this.writeOn(this.writing);
    }
  }

  private writeOn(bytes: Buffer): void {
    write(this.fd, bytes, (error, written) => {
      if (this.writing !== bytes) {
        // flushSync wrote it.
        return;
      }
      if (isBusy(error)) {
        setTimeout(() => this.writeOn(bytes), RETRY_MS).unref();
        return;
      }
      // Another error means that whoever read it is gone.
      const rest = error ? Buffer.alloc(0) : bytes.subarray(written);
      if (rest.length > 0) {
        this.writing = rest;
        this.writeOn(rest);
        return;
      }
      this.writing = undefined;
      if (this.text.length >= BATCH_CHARS) {
        this.flush();
      } else if (this.text !== '') {
        this.timer ??= setTimeout(() => this.flush(), LONGEST_DELAY_MS).unref();
      }
    });
  }
}
