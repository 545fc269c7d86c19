import { write, writeSync } from 'node:fs';

/** Lines are written together once there are this many bytes of them … */
const BATCH_BYTES = 32 * 1024;
/** … or after this long, in ms. */
const LONGEST_DELAY_MS = 100;
/** How long to wait for a reader that is behind, in ms. */
const RETRY_MS = 10;
/** Lines that nobody reads are dropped rather than kept until memory is gone. */
const MOST_BYTES_HELD = 16 * 1024 * 1024;
/** UTF-8 makes at most so many of one UTF-16 unit. */
const MOST_BYTES_PER_UNIT = 3;

const NOTHING = Buffer.alloc(0);

function isBusy(error: NodeJS.ErrnoException | null): boolean {
  return error?.code === 'EAGAIN';
}

/**
 * A file descriptor that log lines go to in batches, in order and without
 * waiting. pino's own destination does that too, but counts the bytes of each
 * line, which takes longer than making the line. Lines are kept as bytes: as
 * strings they would outlive the collection of young garbage and be copied by it.
 */
export class BatchedOutput {
  private batch = Buffer.allocUnsafeSlow(BATCH_BYTES);
  private used = 0;
  /** Full batches, the first of which is being written. */
  private readonly waiting: Buffer[] = [];
  private held = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly fd: number) {}

  write(line: string): void {
    if (this.held > MOST_BYTES_HELD) {
      return;
    }
    const most = line.length * MOST_BYTES_PER_UNIT;
    if (this.used + most > BATCH_BYTES) {
      this.closeBatch();
    }
    if (most > BATCH_BYTES) {
      this.enqueue(Buffer.from(line));
      return;
    }
    this.used += this.batch.write(line, this.used);
    this.timer ??= setTimeout(
      () => this.closeBatch(),
      LONGEST_DELAY_MS,
    ).unref();
  }

  /**
   * Writes everything now and waits for it: for the end of the process. What is
   * being written at that moment may come twice, rather than not at all.
   */
  flushSync(): void {
    let rest = Buffer.concat([
      ...this.waiting.splice(0),
      this.batch.subarray(0, this.used),
    ]);
    this.used = 0;
    this.held = 0;
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

  private closeBatch(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.used > 0) {
      const full = this.batch.subarray(0, this.used);
      this.batch = Buffer.allocUnsafeSlow(BATCH_BYTES);
      this.used = 0;
      this.enqueue(full);
    }
  }

  private enqueue(bytes: Buffer): void {
    this.waiting.push(bytes);
    this.held += bytes.length;
    if (this.waiting.length === 1) {
      this.writeOn(bytes);
    }
  }

  private writeOn(bytes: Buffer): void {
    write(this.fd, bytes, (error, written) => {
      if (this.waiting[0] !== bytes) {
        // flushSync wrote it.
        return;
      }
      if (isBusy(error)) {
        setTimeout(() => this.writeOn(bytes), RETRY_MS).unref();
        return;
      }
      // Another error means that whoever read it is gone.
      const rest = error ? NOTHING : bytes.subarray(written);
      this.held -= bytes.length - rest.length;
      if (rest.length > 0) {
        this.waiting[0] = rest;
      } else {
        this.waiting.shift();
      }
      if (this.waiting.length > 0) {
        this.writeOn(this.waiting[0]);
      }
    });
  }
}
