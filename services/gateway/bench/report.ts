import type { LoadResult } from './load';

/** One target under one kind of load: medians over the rounds. */
export interface Row extends LoadResult {
  target: string;
  connections: number;
  stream: boolean;
  /** Processor microseconds of the target's process per request. */
  cpuMicros?: number;
  /** Resident bytes of the target's process after the last round. */
  rss?: number;
}

export interface Bar {
  what: string;
  bar: string;
  measured: string;
  met: boolean;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

function cells(row: Row, peer: Row | undefined): string[] {
  const show = (value: number | undefined, digits: number) =>
    value === undefined ? '–' : value.toFixed(digits);
  return [
    row.target,
    show(row.requestsPerSecond, 0),
    show(row.p50, 3),
    show(row.p99, 3),
    show(row.firstByteP50, 3),
    show(row.cpuMicros, 0),
    show(row.rss && row.rss / 1024 / 1024, 0),
    peer ? show(row.requestsPerSecond / peer.requestsPerSecond, 2) : '–',
  ];
}

const HEADINGS = [
  '',
  'requests/s',
  'p50 ms',
  'p99 ms',
  'first byte ms',
  'CPU µs/request',
  'RSS MiB',
  '÷ bare proxy',
];

export function printTable(rows: Row[], peerName: string): void {
  for (const stream of [false, true]) {
    for (const connections of [...new Set(rows.map(row => row.connections))]) {
      const group = rows.filter(
        row => row.stream === stream && row.connections === connections,
      );
      if (group.length > 0) {
        const peer = group.find(row => row.target === peerName);
        const lines = [HEADINGS, ...group.map(row => cells(row, peer))];
        const widths = HEADINGS.map((_, i) =>
          Math.max(...lines.map(line => line[i].length)),
        );
        process.stdout.write(
          `\n${stream ? 'Streamed' : 'JSON'}, ${connections} connection${
            connections === 1 ? '' : 's'
          }\n`,
        );
        for (const line of lines) {
          process.stdout.write(
            `  ${line
              .map((cell, i) =>
                i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]),
              )
              .join('  ')}\n`,
          );
        }
      }
    }
  }
}

export function printBars(bars: Bar[]): void {
  process.stdout.write('\n');
  for (const { what, bar, measured, met } of bars) {
    process.stdout.write(
      `${met ? 'met    ' : 'NOT MET'}  ${what}: ${measured} (bar: ${bar})\n`,
    );
  }
}
