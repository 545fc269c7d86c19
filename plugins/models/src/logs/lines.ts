/** A log that runs for days must not fill the browser: older lines are dropped, and that is said. */
export const MAX_LINES = 20_000;

export interface LogBuffer {
  lines: string[];
  /** Lines that were dropped from the front. */
  dropped: number;
}

export const EMPTY_LOG: LogBuffer = { lines: [], dropped: 0 };

export function appendLines(
  buffer: LogBuffer,
  added: string[],
  max: number = MAX_LINES,
): LogBuffer {
  const lines = [...buffer.lines, ...added];
  const excess = Math.max(0, lines.length - max);
  return {
    lines: excess ? lines.slice(excess) : lines,
    dropped: buffer.dropped + excess,
  };
}

/** Indexes of the lines that contain the text, ignoring case. */
export function findHits(lines: string[], text: string): number[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) {
    return [];
  }
  return lines.flatMap((line, index) =>
    line.toLowerCase().includes(wanted) ? [index] : [],
  );
}

/** The parts of a line around the hits of a text. */
export function splitHits(
  line: string,
  text: string,
): Array<{ text: string; hit: boolean }> {
  const wanted = text.trim().toLowerCase();
  if (!wanted) {
    return [{ text: line, hit: false }];
  }
  const parts: Array<{ text: string; hit: boolean }> = [];
  const lower = line.toLowerCase();
  let from = 0;
  for (;;) {
    const at = lower.indexOf(wanted, from);
    if (at < 0) {
      break;
    }
    if (at > from) {
      parts.push({ text: line.slice(from, at), hit: false });
    }
    parts.push({ text: line.slice(at, at + wanted.length), hit: true });
    from = at + wanted.length;
  }
  if (from < line.length) {
    parts.push({ text: line.slice(from), hit: false });
  }
  return parts;
}

const INTERESTING: Array<{ pattern: RegExp; label: string; level: LineLevel }> =
  [
    {
      pattern: /\b(?:CUDA )?out of memory\b|OutOfMemoryError/i,
      label: 'Out of memory',
      level: 'error',
    },
    { pattern: /^Traceback \(most recent/, label: 'Traceback', level: 'error' },
    {
      pattern: /\b(?:ERROR|CRITICAL|FATAL)\b|\b\w*(?:Error|Exception): /,
      label: 'Error',
      level: 'error',
    },
    {
      pattern: /GPU KV cache size|KV cache memory/i,
      label: 'KV cache',
      level: 'info',
    },
    { pattern: /Maximum concurrency/i, label: 'Concurrency', level: 'info' },
    {
      pattern: /Loading weights took|Model loading took/i,
      label: 'Weights loaded',
      level: 'info',
    },
    {
      pattern: /Application startup complete/i,
      label: 'Ready',
      level: 'info',
    },
    { pattern: /\bWARNING\b/, label: 'Warning', level: 'warning' },
  ];

export type LineLevel = 'error' | 'warning' | 'info';

/** What makes a line worth jumping to, if anything. */
export function interestOf(
  line: string,
): { label: string; level: LineLevel } | undefined {
  return INTERESTING.find(entry => entry.pattern.test(line));
}

const MAX_INTERESTING = 50;

/** Lines to jump to: the first of each run of equal labels, newest last. */
export function interestingLines(
  lines: string[],
): Array<{ index: number; label: string; level: LineLevel }> {
  const found: Array<{ index: number; label: string; level: LineLevel }> = [];
  lines.forEach((line, index) => {
    const interest = interestOf(line);
    const last = found[found.length - 1];
    if (
      interest &&
      !(last?.label === interest.label && index - last.index < 20)
    ) {
      found.push({ index, label: interest.label, level: interest.level });
    }
  });
  return found.slice(-MAX_INTERESTING);
}
