import {
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { ProcessIdentity, isAlive, processStartTime } from './identity';

/** A process that was started from a state directory. @public */
export interface ProcessRecord extends ProcessIdentity {
  name: string;
}

const SUFFIX = '.pid.json';

/**
 * Remembers a running process, so that a later launcher finds what a killed
 * one left behind.
 *
 * @public
 */
export function writeRecord(dir: string, name: string, pid: number): void {
  const startTime = processStartTime(pid);
  if (startTime === undefined) {
    return;
  }
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, `${name}${SUFFIX}`);
  const record: ProcessRecord = { name, pid, startTime };
  writeFileSync(`${file}.tmp`, JSON.stringify(record));
  renameSync(`${file}.tmp`, file);
}

/**
 * Writes this process's record unless another that lives has one of that name:
 * then that is returned. Of two that start at once, one gets it.
 *
 * @public
 */
export function claimRecord(
  dir: string,
  name: string,
): ProcessRecord | undefined {
  const { pid } = process;
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, `${name}${SUFFIX}`);
  const own = `${file}.${pid}.tmp`;
  writeFileSync(
    own,
    JSON.stringify({ name, pid, startTime: processStartTime(pid) }),
  );
  try {
    for (;;) {
      try {
        // Fails where the file exists, and shows it with its content only.
        linkSync(own, file);
        return undefined;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
          throw error;
        }
      }
      const other = liveRecord(dir, name);
      if (other && other.pid !== pid) {
        return other;
      }
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/** Forgets a process that has ended. @public */
export function removeRecord(dir: string, name: string): void {
  rmSync(path.join(dir, `${name}${SUFFIX}`), { force: true });
}

/** The record of one process, if it still runs. @public */
export function liveRecord(
  dir: string,
  name: string,
): ProcessRecord | undefined {
  const record = readRecord(path.join(dir, `${name}${SUFFIX}`));
  return record && isAlive(record) ? record : undefined;
}

/** All recorded processes that still run. @public */
export function liveRecords(dir: string): ProcessRecord[] {
  let files: string[];
  try {
    files = readdirSync(dir).filter(file => file.endsWith(SUFFIX));
  } catch {
    return [];
  }
  return files
    .map(file => readRecord(path.join(dir, file)))
    .filter((r): r is ProcessRecord => r !== undefined && isAlive(r));
}

function readRecord(file: string): ProcessRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (
      typeof value === 'object' &&
      value !== null &&
      'pid' in value &&
      'startTime' in value &&
      'name' in value &&
      typeof value.pid === 'number' &&
      typeof value.startTime === 'string' &&
      typeof value.name === 'string'
    ) {
      return { name: value.name, pid: value.pid, startTime: value.startTime };
    }
  } catch {
    // A record cut off by a power failure says nothing.
  }
  return undefined;
}
