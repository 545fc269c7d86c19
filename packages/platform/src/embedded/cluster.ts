import { ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findRepository } from './repository';

/** Compiling the control plane on a slow machine, when the cache lacks it. */
const UP_TIMEOUT_MS = 20 * 60_000;
const MAX_OUTPUT = 64 * 1024 * 1024;

/** What a command printed, and how it ended. */
export interface CommandResult {
  stdout: string;
  stderr: string;
  code: number;
}

/**
 * An embedded control plane without the platform on it, for checks. It runs as
 * a process of its own, as `yarn dev-cluster up --no-platform` does, on data
 * that is thrown away.
 */
export class EmbeddedCluster {
  private constructor(
    private readonly launcher: ChildProcess,
    private readonly stateDir: string,
  ) {}

  /** Starts one beside others. Throws with what the launcher said. */
  static async start(options: {
    /** 0 to 9: clusters side by side each take another. */
    instance: number;
    onLine?(line: string): void;
  }): Promise<EmbeddedCluster> {
    const repository = findRepository();
    const stateDir = await mkdtemp(path.join(tmpdir(), 'llmp-platform-'));
    const launcher = spawn(
      process.execPath,
      [
        '--import',
        path.join(repository, 'node_modules/tsx/dist/loader.mjs'),
        path.join(repository, 'packages/dev-cluster/src/main.ts'),
        `--instance=${options.instance}`,
        `--state-dir=${stateDir}`,
        'up',
        '--no-platform',
      ],
      {
        cwd: repository,
        // A Node that runs Jest has settings which don't concern the launcher.
        env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: '' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const cluster = new EmbeddedCluster(launcher, stateDir);
    try {
      await untilUp(launcher, options.onLine);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** Path of the control plane's own kubectl. */
  get kubectlPath(): string {
    const binDir = JSON.parse(
      readFileSync(path.join(this.stateDir, 'programs.json'), 'utf8'),
    ) as string;
    return path.join(binDir, 'kubectl');
  }

  /** Runs kubectl with all rights; doesn't throw when it fails. */
  kubectl(args: string[], stdin = ''): Promise<CommandResult> {
    return new Promise(resolve => {
      const child = execFile(
        this.kubectlPath,
        args,
        {
          maxBuffer: MAX_OUTPUT,
          env: {
            ...process.env,
            KUBECONFIG: path.join(this.stateDir, 'admin.kubeconfig'),
            // A proxy of the machine must not stand before a loopback address.
            NO_PROXY: '127.0.0.1,localhost',
            no_proxy: '127.0.0.1,localhost',
          },
        },
        (error, stdout, stderr) =>
          resolve({ stdout, stderr, code: error ? 1 : 0 }),
      );
      // kubectl may end without reading its input.
      child.stdin?.on('error', () => {});
      child.stdin?.end(stdin);
    });
  }

  /** Like kubectl, but what fails throws with kubectl's own words. */
  async kubectlOrThrow(args: string[], stdin?: string): Promise<string> {
    const { stdout, stderr, code } = await this.kubectl(args, stdin);
    if (code !== 0) {
      throw new Error(
        `kubectl ${args.join(' ')}: ${stderr.trim() || stdout.trim()}`,
      );
    }
    return stdout;
  }

  /** Stops it and removes its data. */
  async stop(): Promise<void> {
    const { launcher } = this;
    if (launcher.exitCode === null && launcher.signalCode === null) {
      const ended = new Promise(resolve => launcher.once('exit', resolve));
      launcher.kill('SIGTERM');
      await ended;
    }
    await rm(this.stateDir, { recursive: true, force: true });
  }
}

function untilUp(
  launcher: ChildProcess,
  onLine: (line: string) => void = () => {},
): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(
      () => reject(new Error(`The control plane did not start:\n${output}`)),
      UP_TIMEOUT_MS,
    );
    const ended = () => {
      clearTimeout(timer);
      reject(new Error(`The control plane ended:\n${output}`));
    };
    const collect = (chunk: Buffer) => {
      const text = chunk.toString();
      output += text;
      text
        .split('\n')
        .filter(line => line.trim())
        .forEach(onLine);
      if (output.includes('The embedded cluster is up')) {
        clearTimeout(timer);
        launcher.removeListener('exit', ended);
        resolve();
      }
    };
    launcher.stdout?.on('data', collect);
    launcher.stderr?.on('data', collect);
    launcher.once('error', reject);
    launcher.once('exit', ended);
  });
}
