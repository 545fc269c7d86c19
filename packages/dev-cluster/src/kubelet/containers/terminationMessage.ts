import { closeSync, openSync, readSync } from 'node:fs';
import { LogRecord, renderRecord } from '../logs';

const MAX_BYTES = 4096;
const MAX_LOG_BYTES = 2048;
const MAX_LOG_LINES = 80;

/**
 * What a container says about its end: its termination message file, or the
 * end of its log where it asks for that and failed.
 *
 * @public
 */
export function terminationMessage(
  file: string,
  policy: string | undefined,
  failed: boolean,
  log: () => LogRecord[],
): string | undefined {
  const written = readStart(file);
  if (written !== '' || policy !== 'FallbackToLogsOnError' || !failed) {
    return written === '' ? undefined : written;
  }
  const text = log()
    .slice(-MAX_LOG_LINES)
    .map(record => renderRecord(record))
    .join('');
  return text.slice(-MAX_LOG_BYTES) || undefined;
}

function readStart(file: string): string {
  let fd: number;
  try {
    fd = openSync(file, 'r');
  } catch {
    return '';
  }
  try {
    const buffer = Buffer.alloc(MAX_BYTES);
    return buffer.toString('utf8', 0, readSync(fd, buffer, 0, MAX_BYTES, 0));
  } catch {
    return '';
  } finally {
    closeSync(fd);
  }
}
