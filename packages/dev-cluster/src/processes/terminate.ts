import { setTimeout as sleep } from 'node:timers/promises';
import { ProcessIdentity, isAlive } from './identity';

/**
 * Ends a process and its group: SIGTERM, then SIGKILL when it is still there
 * after `graceMs`. Resolves once it is gone.
 *
 * @public
 */
export async function terminate(
  target: ProcessIdentity,
  graceMs: number,
): Promise<void> {
  if (!isAlive(target)) {
    return;
  }
  signalGroup(target.pid, 'SIGTERM');
  if (await waitGone(target, graceMs)) {
    return;
  }
  signalGroup(target.pid, 'SIGKILL');
  await waitGone(target, 5_000);
}

/** Sends a signal to a process's group, or to itself if it leads none. @public */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  for (const id of [-pid, pid]) {
    try {
      process.kill(id, signal);
      return;
    } catch {
      // No such group: try the process alone.
    }
  }
}

async function waitGone(
  target: ProcessIdentity,
  timeoutMs: number,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(target)) {
    if (Date.now() >= deadline) {
      return false;
    }
    await sleep(50);
  }
  return true;
}
