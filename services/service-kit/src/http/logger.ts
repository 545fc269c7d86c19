import { pino, type DestinationStream, type Logger } from 'pino';

/** @public */
export type ServiceLogger = Logger;

/** Lines are written together once there are this many bytes of them … */
const BATCH_BYTES = 64 * 1024;
/** … or after this long, in ms. */
const LONGEST_DELAY_MS = 100;

/** Standard output, written in batches without waiting, and to the end when the process exits. */
function standardOutput(): DestinationStream {
  const destination = pino.destination({
    fd: 1,
    sync: false,
    minLength: BATCH_BYTES,
    // The destination wants it larger than a batch.
    maxWrite: 2 * BATCH_BYTES,
    periodicFlush: LONGEST_DELAY_MS,
  });
  process.on('exit', () => {
    try {
      destination.flushSync();
    } catch {
      // Whoever read it is gone.
    }
  });
  return destination;
}

let lastSecond = 0;
let lastPrefix = '';

/** ISO time as pino wants it; only its milliseconds are made anew for each line. */
function isoTime(): string {
  const now = Date.now();
  const ms = now % 1000;
  if (now - ms !== lastSecond) {
    lastSecond = now - ms;
    lastPrefix = `,"time":"${new Date(lastSecond).toISOString().slice(0, -4)}`;
  }
  return `${lastPrefix}${String(ms).padStart(3, '0')}Z"`;
}

/**
 * JSON lines on standard output. Nothing in the services logs headers or
 * bodies; the redaction is the second line of defence, should a dependency do.
 *
 * @public
 */
export function createLogger(options: {
  service: string;
  level?: string;
  destination?: DestinationStream;
}): ServiceLogger {
  return pino(
    {
      base: { service: options.service },
      level: options.level ?? 'info',
      timestamp: isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
      redact: {
        paths: ['authorization', 'headers', 'body', 'prompt', 'messages'],
        remove: true,
      },
    },
    options.destination ?? standardOutput(),
  );
}
