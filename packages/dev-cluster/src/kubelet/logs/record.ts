/** One line of a container's output. @public */
export interface LogRecord {
  /** RFC 3339, as `kubectl logs --timestamps` prints it. */
  time: string;
  stream: 'stdout' | 'stderr';
  /** Whether the line goes on in the next record. */
  partial: boolean;
  text: string;
}

/** A record as a line of the container runtimes' log format. @public */
export function formatRecord(record: LogRecord): string {
  return `${record.time} ${record.stream} ${record.partial ? 'P' : 'F'} ${
    record.text
  }\n`;
}

/** Reads the lines of a log file; a line that was cut off is left out. @public */
export function parseRecords(content: string): LogRecord[] {
  const records: LogRecord[] = [];
  for (const line of content.split('\n')) {
    const match = /^(\S+) (stdout|stderr) ([FP]) ([\s\S]*)$/.exec(line);
    if (match) {
      records.push({
        time: match[1],
        stream: match[2] === 'stderr' ? 'stderr' : 'stdout',
        partial: match[3] === 'P',
        text: match[4],
      });
    }
  }
  return records;
}

/** What a reader asks for. @public */
export interface LogSelection {
  tailLines?: number;
  sinceTime?: Date;
  timestamps?: boolean;
}

/** @public */
export function selectRecords(
  records: readonly LogRecord[],
  selection: LogSelection,
): LogRecord[] {
  const since = selection.sinceTime?.getTime();
  const recent =
    since === undefined
      ? [...records]
      : records.filter(record => new Date(record.time).getTime() >= since);
  if (selection.tailLines === undefined) {
    return recent;
  }
  // Count whole lines: a line may be several records.
  let lines = 0;
  let start = recent.length;
  while (start > 0) {
    if (!recent[start - 1].partial) {
      lines += 1;
      if (lines > selection.tailLines) {
        break;
      }
    }
    start -= 1;
  }
  return recent.slice(start);
}

/** A record as a reader sees it. @public */
export function renderRecord(record: LogRecord, timestamps = false): string {
  return `${timestamps ? `${record.time} ` : ''}${record.text}${
    record.partial ? '' : '\n'
  }`;
}
