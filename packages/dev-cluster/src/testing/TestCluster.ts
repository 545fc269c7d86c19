import { ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { buildControlPlane } from '../build';
import { kubectlEnv, kubectlFor, kubectlOrThrow } from '../kubectl';
import { defaultCacheDir, nodePortAddress } from '../paths';
import { findRepoDir } from '../repoDir';

const run = promisify(execFile);
const repoDir = findRepoDir();
const TSX = path.join(repoDir, 'node_modules/tsx/dist/loader.mjs');
const MAIN = path.join(repoDir, 'packages/dev-cluster/src/main.ts');

/** A Node that runs Jest has settings which don't concern the launcher. */
const SURROUNDINGS = {
  cwd: repoDir,
  env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' },
};

/** Generous: the machines of a CI have two slow cores. */
const UP_TIMEOUT_MS = 180_000;

/** A cluster of its own for a test file, run as `yarn dev-cluster up` does. */
export class TestCluster {
  private launcher: ChildProcess | undefined;
  private output = '';

  private constructor(
    readonly instance: number,
    readonly stateDir: string,
    private readonly binDir: string,
    private readonly args: string[],
  ) {}

  static async create(options: {
    instance: number;
    platform: boolean;
  }): Promise<TestCluster> {
    const { binDir } = await buildControlPlane({
      moduleDir: path.join(repoDir, 'packages/dev-cluster'),
      cacheDir: defaultCacheDir(),
    });
    const stateDir = await mkdtemp(path.join(tmpdir(), 'llmp-test-'));
    return new TestCluster(
      options.instance,
      stateDir,
      binDir,
      options.platform ? ['up'] : ['up', '--no-platform'],
    );
  }

  /** Address of NodePorts. */
  get address(): string {
    return nodePortAddress(this.instance);
  }

  get kubeconfig(): string {
    return path.join(this.stateDir, 'admin.kubeconfig');
  }

  /** Starts the launcher and waits until it says that the cluster is up. */
  async up(): Promise<void> {
    this.output = '';
    const launcher = spawn(process.execPath, this.commandLine(this.args), {
      ...SURROUNDINGS,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.launcher = launcher;
    const collect = (text: Buffer) => {
      this.output += text.toString();
    };
    launcher.stdout.on('data', collect);
    launcher.stderr.on('data', collect);
    await this.waitFor(
      'the cluster to be up',
      async () => {
        if (launcher.exitCode !== null) {
          throw new Error(`The launcher ended:\n${this.output}`);
        }
        return this.output.includes('The embedded cluster is up');
      },
      UP_TIMEOUT_MS,
    );
  }

  /** Ends the launcher as Ctrl-C does. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Ends the launcher without a chance to clean up. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  /** Stops it and removes its data. */
  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.stateDir, { recursive: true, force: true });
  }

  /** Runs `yarn dev-cluster` for this cluster; resolves with what it printed. */
  async devCluster(...args: string[]): Promise<string> {
    const { stdout } = await run(
      process.execPath,
      this.commandLine(args),
      SURROUNDINGS,
    );
    return stdout;
  }

  kubectl(...args: string[]): Promise<string> {
    return kubectlOrThrow(kubectlFor(this.binDir, this.kubeconfig), args);
  }

  async apply(manifest: unknown): Promise<void> {
    await kubectlOrThrow(
      kubectlFor(this.binDir, this.kubeconfig),
      ['apply', '-f', '-'],
      JSON.stringify(manifest),
    );
  }

  async get<T>(...args: string[]): Promise<T> {
    return JSON.parse(await this.kubectl('get', ...args, '-o', 'json')) as T;
  }

  /** Starts kubectl and hands out its output as it comes. */
  follow(...args: string[]): { text(): string; stop(): void } {
    const kubectl = spawn(path.join(this.binDir, 'kubectl'), args, {
      env: kubectlEnv(this.kubeconfig),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    kubectl.stdout.on('data', chunk => {
      text += chunk.toString();
    });
    return { text: () => text, stop: () => kubectl.kill() };
  }

  /** Polls until it holds. What it waits for goes into the error. */
  async waitFor(
    what: string,
    holds: () => Promise<boolean>,
    timeoutMs = 90_000,
  ): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!(await holds())) {
      if (Date.now() > deadline) {
        throw new Error(
          `Waited ${
            timeoutMs / 1000
          } s in vain for ${what}. The launcher said:\n${this.output.slice(
            -4_000,
          )}`,
        );
      }
      await sleep(250);
    }
  }

  private commandLine(args: string[]): string[] {
    return [
      '--import',
      TSX,
      MAIN,
      `--instance=${this.instance}`,
      `--state-dir=${this.stateDir}`,
      ...args,
    ];
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const { launcher } = this;
    if (!launcher || launcher.exitCode !== null || launcher.signalCode) {
      return;
    }
    const ended = new Promise(resolve => launcher.once('exit', resolve));
    launcher.kill(signal);
    await ended;
  }
}

/** Ids of the processes whose command line holds all of these words. */
export function processesWith(...words: string[]): number[] {
  return processIds(pid => {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return words.every(word => line.includes(word));
  });
}

/** Ids of everything that a cluster has started: it names its directory. */
export function processesOf(cluster: TestCluster): number[] {
  return processIds(pid =>
    ['cmdline', 'environ'].some(file =>
      readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(cluster.stateDir),
    ),
  );
}

function processIds(matches: (pid: number) => boolean): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => {
      try {
        return matches(pid);
      } catch {
        // It ended meanwhile, or is another user's.
        return false;
      }
    });
}
