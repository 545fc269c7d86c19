import type { Opened, Panned } from './browser';
import type { Load } from './viewers';

export interface Drawn extends Omit<Opened, 'page' | 'queries'>, Panned {
  name: string;
  /** Requests for data. */
  requests: number;
}

export interface NamedLoad extends Load {
  name: string;
}

export interface Bar {
  what: string;
  measured: string;
  met: boolean;
}

/** The middle of the values; of an even number, the lower one of the two. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1];
}

/** Each figure's median over the rounds of one page. */
export function medians(rounds: Drawn[]): Drawn {
  const middle = (pick: (round: Drawn) => number) => median(rounds.map(pick));
  return {
    name: rounds[0].name,
    requests: middle(r => r.requests),
    drawnMs: middle(r => r.drawnMs),
    afterDataMs: middle(r => r.afterDataMs),
    scriptBytes: middle(r => r.scriptBytes),
    dataBytes: middle(r => r.dataBytes),
    frames: middle(r => r.frames),
    scriptPerFrame: middle(r => r.scriptPerFrame),
    taskPerFrame: middle(r => r.taskPerFrame),
  };
}

export function printDrawn(rows: Drawn[]): void {
  printTable([
    [
      'page',
      'all drawn ms',
      'after data ms',
      'code kB',
      'data kB',
      'requests',
      'script ms/frame',
      'main thread ms/frame',
      'frames',
    ],
    ...rows.map(row => [
      row.name,
      row.drawnMs.toFixed(0),
      row.afterDataMs.toFixed(0),
      (row.scriptBytes / 1000).toFixed(0),
      (row.dataBytes / 1000).toFixed(0),
      row.requests.toFixed(0),
      row.scriptPerFrame.toFixed(2),
      row.taskPerFrame.toFixed(2),
      row.frames.toFixed(0),
    ]),
  ]);
}

export function printLoads(rows: NamedLoad[]): void {
  printTable([
    ['viewers', 'asked', 'Prometheus got', 'distinct', 'ms'],
    ...rows.map(row => [
      row.name,
      `${row.asked}`,
      `${row.received}`,
      `${row.distinct}`,
      row.wallMs.toFixed(0),
    ]),
  ]);
}

export function printBars(bars: Bar[]): void {
  for (const { what, measured, met } of bars) {
    process.stdout.write(
      `${met ? 'met    ' : 'NOT MET'}  ${what}: ${measured}\n`,
    );
  }
}

function printTable(lines: string[][]): void {
  const widths = lines[0].map((_, i) =>
    Math.max(...lines.map(line => line[i].length)),
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
  process.stdout.write('\n');
}
