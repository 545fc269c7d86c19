import { readFileSync } from 'node:fs';

/**
 * When a process started, in clock ticks since boot: with the pid it names one
 * process for good, since pids are used again. Undefined when it is gone (or
 * a zombie, which has ended too).
 *
 * @public
 */
export function processStartTime(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  // The command in parentheses may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  return state === 'Z' || state === 'X' ? undefined : fields[19];
}

/** Names one process across restarts of the launcher. @public */
export interface ProcessIdentity {
  pid: number;
  startTime: string;
}

/** Whether exactly this process still runs. @public */
export function isAlive(identity: ProcessIdentity): boolean {
  return processStartTime(identity.pid) === identity.startTime;
}
