import { spawn } from 'node:child_process';
import {
  closeSync,
  createWriteStream,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoppedError } from './errors.mjs';

const SUFFIX = '.pid.json';

/**
 * When a process started, in ticks since boot: with its pid this names it for
 * good. Undefined when it is gone. (packages/dev-cluster/src/processes writes
 * and reads the same records; this copy runs before anything is installed.)
 */
export function processStartTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

export function isAlive({ pid, startTime }) {
  return startTime !== undefined && processStartTime(pid) === startTime;
}

/** Remembers a process, so that the next start finds what was left behind. */
export function writeRecord(dir, name, pid) {
  const startTime = processStartTime(pid);
  if (startTime !== undefined) {
    mkdirSync(dir, { recursive: true });
    const file = path.join(dir, `${name}${SUFFIX}`);
    writeFileSync(`${file}.tmp`, JSON.stringify({ name, pid, startTime }));
    renameSync(`${file}.tmp`, file);
  }
}

/**
 * Writes this process's record unless another that lives has one of that name:
 * then that is returned. Of two that start at once, one gets it.
 */
export function claimRecord(dir, name) {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, `${name}${SUFFIX}`);
  const own = `${file}.${process.pid}.tmp`;
  const { pid } = process;
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
        if (error.code !== 'EEXIST') {
          throw error;
        }
      }
      const other = liveRecords(dir).find(record => record.name === name);
      if (other && other.pid !== pid) {
        return other;
      }
      rmSync(file, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

export function removeRecord(dir, name) {
  rmSync(path.join(dir, `${name}${SUFFIX}`), { force: true });
}

/** The recorded processes that still run. */
export function liveRecords(dir) {
  let files;
  try {
    files = readdirSync(dir).filter(file => file.endsWith(SUFFIX));
  } catch {
    return [];
  }
  return files.flatMap(file => {
    try {
      const record = JSON.parse(readFileSync(path.join(dir, file), 'utf8'));
      return isAlive(record) ? [record] : [];
    } catch {
      return [];
    }
  });
}

/** SIGTERM to the process's group, SIGKILL after `graceMs`. */
export async function terminate(target, graceMs = 15_000) {
  for (const [signal, ms] of [
    ['SIGTERM', graceMs],
    ['SIGKILL', 5_000],
  ]) {
    if (!isAlive(target)) {
      return;
    }
    signalGroup(target.pid, signal);
    const deadline = Date.now() + ms;
    while (isAlive(target) && Date.now() < deadline) {
      await sleep(50);
    }
  }
}

function signalGroup(pid, signal) {
  for (const id of [-pid, pid]) {
    try {
      process.kill(id, signal);
      return;
    } catch {
      // No such group: the process alone.
    }
  }
}

/**
 * How long children may take to end. The cluster ends its pods, then the
 * apiserver; the portal takes unfinished tasks up again at its next start.
 */
const GRACE_MS = { cluster: 60_000, portal: 8_000 };

/**
 * All children of one script: each in its own process group, recorded, ended
 * together.
 */
export class Children {
  #running = new Map();
  #runDir;
  #logDir;
  stopping = false;

  constructor({ runDir, logDir }) {
    this.#runDir = runDir;
    this.#logDir = logDir;
    mkdirSync(runDir, { recursive: true });
    mkdirSync(logDir, { recursive: true });
  }

  logFile(name) {
    return path.join(this.#logDir, `${name}.log`);
  }

  /** Throws once all is ending: nothing may be begun any more. */
  refuseWhenStopping() {
    if (this.stopping) {
      throw new StoppedError();
    }
  }

  /**
   * Starts a child whose output goes to its log file.
   * @returns {import('node:child_process').ChildProcess}
   */
  start(name, command, args, { cwd, env, ipc = false, append = false } = {}) {
    this.refuseWhenStopping();
    const log = openSync(this.logFile(name), append ? 'a' : 'w');
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', log, log, ...(ipc ? ['ipc'] : [])],
    });
    closeSync(log);
    this.#track(name, child);
    return child;
  }

  /**
   * Runs a child to its end; every line of its output goes to its log file
   * and to `onLine`. Throws with the log's last lines when it fails.
   */
  async run(name, command, args, { cwd, env, onLine, onMessage } = {}) {
    this.refuseWhenStopping();
    const log = createWriteStream(this.logFile(name));
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', ...(onMessage ? ['ipc'] : [])],
    });
    this.#track(name, child);
    const tail = [];
    for (const stream of [child.stdout, child.stderr]) {
      readline.createInterface({ input: stream }).on('line', line => {
        log.write(`${line}\n`);
        tail.push(line);
        if (tail.length > 25) {
          tail.shift();
        }
        onLine?.(line);
      });
    }
    if (onMessage) {
      child.on('message', onMessage);
    }
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        log.end();
        if (code === 0) {
          resolve();
          return;
        }
        const error = new Error(
          `${name} failed (${signal ?? `exit code ${code}`})`,
        );
        error.tail = tail.join('\n');
        error.logFile = this.logFile(name);
        reject(error);
      });
    });
  }

  /** Ends children by name, in the given order, then all others. */
  async stopAll(order = []) {
    this.stopping = true;
    for (const name of order) {
      await this.stop(name);
    }
    await Promise.all([...this.#running.keys()].map(name => this.stop(name)));
  }

  async stop(name) {
    const identity = this.#running.get(name);
    if (identity) {
      await terminate(identity, GRACE_MS[name] ?? 5_000);
      this.#running.delete(name);
      removeRecord(this.#runDir, name);
    }
  }

  #track(name, child) {
    if (child.pid === undefined) {
      return;
    }
    const identity = { pid: child.pid, startTime: processStartTime(child.pid) };
    this.#running.set(name, identity);
    writeRecord(this.#runDir, name, child.pid);
    child.once('exit', () => {
      if (this.#running.get(name) === identity) {
        this.#running.delete(name);
        removeRecord(this.#runDir, name);
      }
    });
  }
}
