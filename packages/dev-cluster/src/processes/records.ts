import {
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
