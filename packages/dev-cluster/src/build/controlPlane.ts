// Only Node's own modules are imported here, and only erasable syntax is used:
// the launcher runs this file before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** The programs and the Go packages they are built from. */
const PROGRAMS: Record<string, string> = {
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  'kube-scheduler': 'k8s.io/kubernetes/cmd/kube-scheduler',
  kubectl: 'k8s.io/kubernetes/cmd/kubectl',
};

/** What `go build -o DIR/` names a program whose package isn't named for it. */
const BUILT_AS: Record<string, string> = { etcd: 'server' };

/** @public */
export interface BuildOptions {
  /** The directory of go.mod and go.sum. */
  moduleDir: string;
  cacheDir: string;
  onProgress?(line: string): void;
  signal?: AbortSignal;
  /** Leave the processor to others: the portal comes first. */
  nice?: boolean;
}

/** @public */
export interface BuildResult {
  binDir: string;
  /** False when the cache had it. */
  built: boolean;
}

/**
 * Builds the control plane's programs from their published Go modules into
 * the cache, under a key of everything that decides the outcome. Does nothing
 * when they are there.
 *
 * @public
 */
export async function buildControlPlane(
  options: BuildOptions,
): Promise<BuildResult> {
  const { moduleDir, cacheDir, signal } = options;
  const say = options.onProgress ?? (() => {});
  const goVersion = await goOutput(['env', 'GOVERSION'], moduleDir, signal);
  const goMod = await readFile(path.join(moduleDir, 'go.mod'), 'utf8');
  const goSum = await readFile(path.join(moduleDir, 'go.sum'), 'utf8');
  const flags = buildFlags(goMod);
  const key = createHash('sha256')
    .update(
      JSON.stringify([goMod, goSum, flags, goVersion, PROGRAMS, process.arch]),
    )
    .digest('hex')
    .slice(0, 16);
  const binDir = path.join(cacheDir, 'control-plane', key);
  if (existsSync(path.join(binDir, '.complete'))) {
    return { binDir, built: false };
  }

  const target = `${binDir}.building-${process.pid}`;
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  try {
    const packages = Object.values(PROGRAMS);
    say('Reading the module graph and downloading modules');
    // Also downloads what is missing, and fails early when it can't.
    const listed = await go(
      ['list', '-deps', '-f', '{{.ImportPath}}', ...packages],
      { cwd: moduleDir, signal, nice: options.nice, onLine: sayDownloads(say) },
    );
    const total = listed.stdout.trim().split('\n').length;

    let compiled = 0;
    let saidPercent = -1;
    const startedAt = Date.now();
    await go(
      ['build', '-v', ...flags, '-o', `${target}${path.sep}`, ...packages],
      {
        cwd: moduleDir,
        signal,
        nice: options.nice,
        onLine: line => {
          if (line.startsWith('go: ') || line.startsWith('#')) {
            return;
          }
          compiled += 1;
          // Linking comes last and prints nothing: it is the last few percent.
          const percent = Math.min(95, Math.floor((compiled / total) * 95));
          if (percent >= saidPercent + 5) {
            saidPercent = percent;
            const seconds = Math.round((Date.now() - startedAt) / 1000);
            say(
              `Compiling etcd and Kubernetes: ${percent} % (${compiled} of ${total} packages, ${seconds} s)`,
            );
          }
        },
      },
    );
    for (const [name, builtAs] of Object.entries(BUILT_AS)) {
      await rename(path.join(target, builtAs), path.join(target, name));
    }
    await writeFile(path.join(target, '.complete'), `${goVersion}\n`);
    await publish(target, binDir);
  } finally {
    await rm(target, { recursive: true, force: true });
  }
  return { binDir, built: true };
}

/** Another launcher may have built the same meanwhile: then its result stays. */
async function publish(target: string, binDir: string): Promise<void> {
  if (existsSync(path.join(binDir, '.complete'))) {
    return;
  }
  await rm(binDir, { recursive: true, force: true });
  try {
    await rename(target, binDir);
  } catch (error) {
    if (!existsSync(path.join(binDir, '.complete'))) {
      throw error;
    }
  }
}

/**
 * Without the version in the binaries the apiserver reports a placeholder,
 * which clients that parse it can't read.
 */
function buildFlags(goMod: string): string[] {
  const version = /k8s\.io\/kubernetes v(\d+)\.(\d+)\.(\d+)/.exec(goMod);
  if (!version) {
    throw new Error('go.mod does not require k8s.io/kubernetes');
  }
  const [, major, minor, patch] = version;
  const prefix = 'k8s.io/component-base/version';
  const ldflags = [
    '-s -w',
    `-X ${prefix}.gitVersion=v${major}.${minor}.${patch}`,
    `-X ${prefix}.gitMajor=${major}`,
    `-X ${prefix}.gitMinor=${minor}`,
    `-X ${prefix}.gitTreeState=clean`,
    `-X ${prefix}.gitCommit=module`,
  ].join(' ');
  return ['-trimpath', '-ldflags', ldflags];
}

function sayDownloads(say: (line: string) => void) {
  let downloads = 0;
  return (line: string) => {
    if (line.startsWith('go: downloading ')) {
      downloads += 1;
      if (downloads % 20 === 0) {
        say(`Downloading Go modules: ${downloads} so far`);
      }
    }
  };
}

async function goOutput(
  args: string[],
  cwd: string,
  signal?: AbortSignal,
): Promise<string> {
  return (await go(args, { cwd, signal })).stdout.trim();
}

interface GoOptions {
  cwd: string;
  signal?: AbortSignal;
  nice?: boolean;
  onLine?(line: string): void;
}

async function go(
  args: string[],
  options: GoOptions,
): Promise<{ stdout: string }> {
  const { cwd, signal, onLine } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const command = options.nice ? ['nice', '-n', '15', 'go'] : ['go'];
    const child = spawn(command[0], [...command.slice(1), ...args], {
      cwd,
      // An own group: go's compilers must end with it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        CGO_ENABLED: '0',
        GOTOOLCHAIN: 'local',
        GOFLAGS: '-mod=readonly',
        GOWORK: 'off',
      },
    });
    const onAbort = () => killGroup(child.pid);
    signal?.addEventListener('abort', onAbort, { once: true });
    process.once('exit', onAbort);
    let stdout = '';
    let rest = '';
    const tail: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        tail.push(line);
        if (tail.length > 20) {
          tail.shift();
        }
        onLine?.(line);
      }
    });
    child.once('error', reject);
    child.once('close', code => {
      signal?.removeEventListener('abort', onAbort);
      process.removeListener('exit', onAbort);
      if (signal?.aborted) {
        reject(signal.reason);
      } else if (code === 0) {
        resolve({ stdout });
      } else {
        reject(
          new Error(
            `"go ${
              args[0]
            }" for the control plane failed (exit code ${code}):\n${[
              ...tail,
              rest,
            ]
              .join('\n')
              .trim()}`,
          ),
        );
      }
    });
  });
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}
