import { pino, type DestinationStream, type Logger } from 'pino';
import { BatchedOutput } from './BatchedOutput';

/** @public */
export type ServiceLogger = Logger;

/** Standard output, and all that was logged is in it when the process exits. */
function standardOutput(): DestinationStream {
  const output = new BatchedOutput(process.stdout.fd);
  process.on('exit', () => output.flushSync());
  return output;
}

let lastSecond = 0;
let lastPrefix = '';

/** The time as pino puts it into a line, `,"time":"…"`; only its milliseconds are made anew for each line. */
export function isoTime(): string {
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
