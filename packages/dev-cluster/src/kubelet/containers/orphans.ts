import { readFileSync, readdirSync } from 'node:fs';
import {
  ProcessIdentity,
  liveRecords,
  processStartTime,
  terminate,
} from '../../processes';

/** Variable by which a pod's processes are recognised. @public */
export const OWNER_VARIABLE = 'LLMP_NODE_AGENT';

const GRACE_MS = 3_000;

/**
 * Ends the pod processes that a killed agent has left behind: those it had
 * recorded, and whatever else carries its mark in the environment.
 *
 * @public
 */
export async function endOrphans(
  recordDir: string,
  owner: string,
): Promise<number> {
  const found = new Map<number, ProcessIdentity>();
  for (const record of liveRecords(recordDir)) {
    found.set(record.pid, record);
  }
  for (const pid of processesOf(owner)) {
    const startTime = processStartTime(pid);
    if (startTime !== undefined) {
      found.set(pid, { pid, startTime });
    }
  }
  await Promise.all(
    [...found.values()].map(identity => terminate(identity, GRACE_MS)),
  );
  return found.size;
}

function processesOf(owner: string): number[] {
  const mark = `${OWNER_VARIABLE}=${owner}`;
  let entries: string[];
  try {
    entries = readdirSync('/proc');
  } catch {
    return [];
  }
  return entries.flatMap(entry => {
    if (!/^\d+$/.test(entry) || Number(entry) === process.pid) {
      return [];
    }
    try {
      const environ = readFileSync(`/proc/${entry}/environ`, 'utf8');
      return environ.split('\0').includes(mark) ? [Number(entry)] : [];
    } catch {
      // Another user's process, or gone by now.
      return [];
    }
  });
}
