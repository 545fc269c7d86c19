import { ChildProcess, spawn } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { processStartTime } from './identity';
import { removeRecord, writeRecord } from './records';
import { terminate } from './terminate';

/** @public */
export interface ChildOptions {
  name: string;
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  logDir: string;
  runDir: string;
  /** How long it may take to end after SIGTERM. */
  graceMs?: number;
  /** Called when it ended although nobody asked it to. */
  onUnexpectedExit?(reason: string): void;
}

/** A supervised process with a log file. @public */
export interface Child {
  name: string;
  logFile: string;
  /** Set while it waits to be started again. */
  lastExit(): string | undefined;
  stop(): Promise<void>;
}

const MAX_LOG_BYTES = 20 * 1024 * 1024;
const MAX_BACKOFF_MS = 30_000;
/** A process that ran this long starts its back-off anew. */
const STABLE_MS = 60_000;

/**
 * Starts a process in its own group, so that a Ctrl-C in the terminal doesn't
 * end it before its turn, and starts it again with back-off when it crashes.
 *
 * @public
 */
export function startChild(options: ChildOptions): Child {
  const { name, logDir, runDir, graceMs = 10_000 } = options;
  mkdirSync(logDir, { recursive: true });
  const logFile = path.join(logDir, `${name}.log`);
  rotate(logFile);

  let child: ChildProcess | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopping = false;
  let crashes = 0;
  let exit: string | undefined;

  const start = () => {
    const startedAt = Date.now();
    const log = openSync(logFile, 'a');
    const started = spawn(options.command, options.args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: options.env ?? process.env,
    });
    closeSync(log);
    child = started;
    if (started.pid !== undefined) {
      writeRecord(runDir, name, started.pid);
    }
    let ended = false;
    const onEnd = (reason: string) => {
      if (ended) {
        return;
      }
      ended = true;
      child = undefined;
      removeRecord(runDir, name);
      if (stopping) {
        return;
      }
      exit = reason;
      crashes = Date.now() - startedAt > STABLE_MS ? 1 : crashes + 1;
      const delay = Math.min(500 * 2 ** (crashes - 1), MAX_BACKOFF_MS);
      timer = setTimeout(start, delay);
      options.onUnexpectedExit?.(reason);
    };
    started.once('error', error => onEnd(error.message));
    started.once('exit', (code, signal) =>
      onEnd(signal ? `signal ${signal}` : `exit code ${code}`),
    );
  };
  start();

  return {
    name,
    logFile,
    lastExit: () => exit,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      const pid = child?.pid;
      if (pid === undefined) {
        return;
      }
      const startTime = processStartTime(pid);
      if (startTime !== undefined) {
        await terminate({ pid, startTime }, graceMs);
      }
      removeRecord(runDir, name);
    },
  };
}

/** The end of a log file, for an error message. @public */
export function logTail(file: string, lines = 8): string {
  try {
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-lines)
      .join('\n');
  } catch {
    return '';
  }
}

function rotate(file: string): void {
  try {
    if (statSync(file).size > MAX_LOG_BYTES) {
      renameSync(file, `${file}.1`);
    }
  } catch {
    // No log yet.
  }
}
