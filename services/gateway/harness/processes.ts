import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A process that a bench or soak runs beside itself. */
export interface Running {
  pid: number;
  /** What it said it listens at. */
  url: string;
  child: ChildProcess;
  stop(): Promise<void>;
}

const STOP_MS = 10_000;

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(timer);
}

function runningFrom(child: ChildProcess, url: string): Running {
  if (child.pid === undefined) {
    throw new Error('The process did not start.');
  }
  return { pid: child.pid, url, child, stop: () => stopChild(child) };
}

/**
 * Starts a TypeScript file of this package as a process of its own, with the
 * loader that this process runs with. The file sends its URL as first message.
 */
export async function startScript(
  file: string,
  args: string[] = [],
  nodeArgs: string[] = [],
): Promise<Running> {
  const child = fork(path.join(__dirname, '..', file), args, {
    execArgv: [...process.execArgv, ...nodeArgs],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [url] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`${file} ended with ${code} before it was ready.`);
    }),
  ]);
  return runningFrom(child, String(url));
}

/** Starts a program and waits until its URL answers. */
export async function startProgram(
  program: string,
  args: string[],
  options: {
    env?: NodeJS.ProcessEnv;
    /** File descriptor for its standard output. */
    stdout: number | 'ignore';
    url: string;
    readyUrl: string;
  },
): Promise<Running> {
  const child = spawn(program, args, {
    env: options.env ?? process.env,
    stdio: ['ignore', options.stdout, 'inherit'],
  });
  let failure: Error | undefined;
  child.once('error', error => {
    failure = error;
  });
  const deadline = Date.now() + 20_000;
  for (;;) {
    if (failure || child.exitCode !== null || child.signalCode !== null) {
      throw (
        failure ??
        new Error(`${program} ended with ${child.exitCode ?? child.signalCode}`)
      );
    }
    const answer = await fetch(options.readyUrl).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) {
      return runningFrom(child, options.url);
    }
    if (Date.now() > deadline) {
      await stopChild(child);
      throw new Error(`${program} did not become ready at ${options.readyUrl}`);
    }
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

/** Resident memory of a process in bytes; undefined where there is no /proc. */
export function memoryOf(pid: number): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
    return kib === undefined ? undefined : Number(kib) * 1024;
  } catch {
    return undefined;
  }
}

/** Linux counts processor time in hundredths of a second, on every platform Node runs on. */
const TICKS_PER_SECOND = 100;

/** Processor seconds that a process has used; undefined where there is no /proc. */
export function cpuSecondsOf(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}
