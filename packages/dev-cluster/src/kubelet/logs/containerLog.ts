import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { errorMessage } from '../errors';
import { LogRecord, formatRecord, parseRecords } from './record';

/** The kubelet's default for one container's log file. */
const MAX_BYTES = 10 * 1024 * 1024;
/** Longer lines are cut into several records, as containerd does. */
const MAX_LINE = 16 * 1024;

/** Output of one run of one container, on disk and live. @public */
export interface ContainerLog {
  write(stream: 'stdout' | 'stderr', chunk: Buffer): void;
  /** The run is over: no more will come. */
  end(): void;
  /**
   * Calls back for each record from now on; `onEnd` once it is over (at once
   * where it is already). Returns how to leave.
   */
  follow(onRecord: (record: LogRecord) => void, onEnd: () => void): () => void;
}

interface Follower {
  onRecord(record: LogRecord): void;
  onEnd(): void;
}

/**
 * Opens a log file for appending. Writes are synchronous, so that whoever
 * reads the file and then follows misses nothing and sees nothing twice. When
 * the disk refuses, `onFailure` is called once and nothing more is kept.
 *
 * @public
 */
export function openContainerLog(
  file: string,
  options: { maxBytes?: number; onFailure?(message: string): void } = {},
): ContainerLog {
  const { maxBytes = MAX_BYTES, onFailure } = options;
  mkdirSync(path.dirname(file), { recursive: true });
  let fd: number | undefined = openSync(file, 'a');
  let ended = false;
  let size = fstatSync(fd).size;
  const followers = new Set<Follower>();
  const open = {
    stdout: { decoder: new StringDecoder('utf8'), rest: '' },
    stderr: { decoder: new StringDecoder('utf8'), rest: '' },
  };

  const close = () => {
    const closing = fd;
    fd = undefined;
    if (closing !== undefined) {
      closeSync(closing);
    }
  };
  /** A full disk ends the log, not whoever writes it. */
  const guard = (work: () => void) => {
    try {
      work();
    } catch (error) {
      try {
        close();
      } catch {
        // The first failure says why.
      }
      onFailure?.(`Logging ends: ${errorMessage(error)}`);
    }
  };

  const append = (records: LogRecord[]) => {
    if (fd === undefined || records.length === 0) {
      return;
    }
    const text = records.map(formatRecord).join('');
    guard(() => {
      if (size > 0 && size + text.length > maxBytes) {
        close();
        renameSync(file, `${file}.1`);
        fd = openSync(file, 'a');
        size = 0;
      }
      if (fd !== undefined) {
        size += writeSync(fd, text);
      }
    });
    for (const record of records) {
      followers.forEach(follower => follower.onRecord(record));
    }
  };

  const split = (stream: 'stdout' | 'stderr', text: string, last: boolean) => {
    const time = new Date().toISOString();
    const state = open[stream];
    const lines = (state.rest + text).split('\n');
    state.rest = lines.pop() ?? '';
    if (last && state.rest !== '') {
      lines.push(state.rest);
      state.rest = '';
    }
    const records: LogRecord[] = [];
    const push = (line: string, partial: boolean) =>
      records.push({ time, stream, partial, text: line });
    for (const line of lines) {
      let at = 0;
      for (; line.length - at > MAX_LINE; at += MAX_LINE) {
        push(line.slice(at, at + MAX_LINE), true);
      }
      push(line.slice(at).replace(/\r$/, ''), false);
    }
    while (state.rest.length > MAX_LINE) {
      push(state.rest.slice(0, MAX_LINE), true);
      state.rest = state.rest.slice(MAX_LINE);
    }
    append(records);
  };

  return {
    write(stream, chunk) {
      split(stream, open[stream].decoder.write(chunk), false);
    },
    end() {
      if (ended) {
        return;
      }
      split('stdout', open.stdout.decoder.end(), true);
      split('stderr', open.stderr.decoder.end(), true);
      ended = true;
      guard(close);
      followers.forEach(follower => follower.onEnd());
      followers.clear();
    },
    follow(onRecord, onEnd) {
      if (ended) {
        onEnd();
        return () => {};
      }
      const follower = { onRecord, onEnd };
      followers.add(follower);
      return () => {
        followers.delete(follower);
      };
    },
  };
}

/** Everything of a run that is still on disk, oldest first. @public */
export function readContainerLog(file: string): LogRecord[] {
  return [`${file}.1`, file].flatMap(name => {
    try {
      return parseRecords(readFileSync(name, 'utf8'));
    } catch {
      return [];
    }
  });
}
