import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { constants } from 'node:os';
import { removeRecord, signalGroup, writeRecord } from '../../processes';
import { ContainerLog } from '../logs';

/** @public */
export interface ProcessSpec {
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  log: ContainerLog;
  /** Where a later agent finds what a killed one left running. */
  recordDir: string;
  recordName: string;
}

/** How a container's process ended. @public */
export interface ProcessExit {
  exitCode: number;
  /** Why it could not be started at all. */
  startError?: string;
}

/** @public */
export interface ContainerProcess {
  pid: number | undefined;
  exited: Promise<ProcessExit>;
  /** Sends a signal to the process alone, as a runtime does to PID 1. */
  signal(signal: NodeJS.Signals): void;
  /** Kills the process and all that it has started. */
  kill(): void;
}

/** Output may be held back by a child that left the group. */
const DRAIN_MS = 1_000;

/**
 * Starts a container's process as the leader of its own group. When it ends,
 * everything else of its group is killed, as the end of a container does.
 *
 * @public
 */
export function startProcess(spec: ProcessSpec): ContainerProcess {
  const { argv, env, cwd, log, recordDir, recordName } = spec;
  mkdirSync(cwd, { recursive: true });
  const child = spawn(argv[0], argv.slice(1), {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  if (pid !== undefined) {
    writeRecord(recordDir, recordName, pid);
  }
  child.stdout.on('data', chunk => log.write('stdout', chunk));
  child.stderr.on('data', chunk => log.write('stderr', chunk));
  // A pipe may break with the process: its exit says enough.
  child.stdout.on('error', () => {});
  child.stderr.on('error', () => {});

  let ended = false;
  const exited = new Promise<ProcessExit>(resolve => {
    child.once('error', error => {
      if (pid === undefined) {
        ended = true;
        log.end();
        resolve({ exitCode: 128, startError: startError(argv[0], error) });
      }
    });
    child.once('exit', (code, signal) => {
      ended = true;
      if (pid !== undefined) {
        signalGroup(pid, 'SIGKILL');
      }
      removeRecord(recordDir, recordName);
      const timer = setTimeout(finish, DRAIN_MS);
      child.once('close', finish);
      function finish() {
        clearTimeout(timer);
        log.end();
        resolve({
          exitCode: code ?? 128 + (signal ? constants.signals[signal] : 0),
        });
      }
    });
  });

  return {
    pid,
    exited,
    signal(signal) {
      if (!ended) {
        child.kill(signal);
      }
    },
    kill() {
      if (!ended && pid !== undefined) {
        signalGroup(pid, 'SIGKILL');
      }
    },
  };
}

function startError(program: string, error: NodeJS.ErrnoException): string {
  const why =
    error.code === 'ENOENT'
      ? `exec: "${program}": executable file not found in $PATH`
      : `exec: "${program}": ${error.message}`;
  return runtimeError(why);
}

/** A start error in the words of containerd and runc. @public */
export function runtimeError(why: string): string {
  return (
    'failed to create containerd task: failed to create shim task: OCI runtime create failed: ' +
    `runc create failed: unable to start container process: error during container init: ${why}: unknown`
  );
}
