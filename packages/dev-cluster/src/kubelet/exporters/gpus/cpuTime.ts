import { readFileSync } from 'node:fs';

/** Ticks of a second in /proc, the same on every Linux that pods run on. */
const TICKS = 100;

/** Seconds that a process and its threads have computed; undefined when it has ended. */
export function cpuSeconds(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name before them, in brackets, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const seconds = (Number(fields[11]) + Number(fields[12])) / TICKS;
    return Number.isFinite(seconds) ? seconds : undefined;
  } catch {
    return undefined;
  }
}
