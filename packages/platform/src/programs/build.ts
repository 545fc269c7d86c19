// Only Node's own modules are imported here, and only erasable syntax is used:
// the launcher runs this file before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const MODULE = 'github.com/prometheus/prometheus';
const PACKAGES = [`${MODULE}/cmd/prometheus`, `${MODULE}/cmd/promtool`];
/** Of service discovery, the platform needs Kubernetes' alone. */
const TAGS = '-tags=netgo,remove_all_sd,enable_kubernetes_sd';

/** Where the compiled programs are. */
export interface PrometheusPrograms {
  prometheus: string;
  /** Checks configurations and rules, and runs the rules' tests. */
  promtool: string;
}

/** Where the sources are described, and where what is made of them goes. */
export interface PrometheusModule {
  /** The directory of go.mod and go.sum. */
  moduleDir: string;
  cacheDir: string;
}

/**
 * Where the programs will be, or are, under a key of everything that decides
 * the outcome; compiles nothing.
 */
export async function prometheusDirectory(
  options: PrometheusModule,
): Promise<string> {
  const { moduleDir, cacheDir } = options;
  const goMod = await readFile(path.join(moduleDir, 'go.mod'), 'utf8');
  const goSum = await readFile(path.join(moduleDir, 'go.sum'), 'utf8');
  const version = await go(['env', 'GOVERSION'], { cwd: moduleDir });
  const key = createHash('sha256')
    .update(
      JSON.stringify([
        goMod,
        goSum,
        buildFlags(goMod),
        version.trim(),
        PACKAGES,
        process.arch,
      ]),
    )
    .digest('hex')
    .slice(0, 16);
  return path.join(cacheDir, 'prometheus', key);
}

/** The programs in their directory; undefined until all are there. */
export function builtPrometheus(
  directory: string,
): PrometheusPrograms | undefined {
  return existsSync(path.join(directory, '.complete'))
    ? {
        prometheus: path.join(directory, 'prometheus'),
        promtool: path.join(directory, 'promtool'),
      }
    : undefined;
}

/**
 * Compiles Prometheus and promtool from their published Go module into the
 * cache. Does nothing when they are there. Leaves the processor to others.
 * Throws with go's own words.
 */
export async function buildPrometheus(
  options: PrometheusModule & {
    onProgress?(line: string): void;
    signal?: AbortSignal;
  },
): Promise<PrometheusPrograms> {
  const { moduleDir, signal } = options;
  const say = options.onProgress ?? (() => {});
  const directory = await prometheusDirectory(options);
  const found = builtPrometheus(directory);
  if (found) {
    return found;
  }
  const flags = buildFlags(
    await readFile(path.join(moduleDir, 'go.mod'), 'utf8'),
  );
  const target = `${directory}.building-${process.pid}`;
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  try {
    say('Reading the module graph and downloading modules');
    // Also downloads what is missing, and fails early when it can't.
    const listed = await go(
      ['list', '-deps', '-f', '{{.ImportPath}}', TAGS, ...PACKAGES],
      { cwd: moduleDir, signal },
    );
    const onLine = percentOf(listed.trim().split('\n').length, say);
    await go(
      ['build', '-v', ...flags, '-o', `${target}${path.sep}`, ...PACKAGES],
      { cwd: moduleDir, signal, onLine },
    );
    await writeFile(path.join(target, '.complete'), '');
    await publish(target, directory);
  } finally {
    await rm(target, { recursive: true, force: true });
  }
  const built = builtPrometheus(directory);
  if (!built) {
    throw new Error(`${directory} has gone while it was being written`);
  }
  return built;
}

/** Release 3.14.0 is version 0.314.0 of the module; it is told so. */
function buildFlags(goMod: string): string[] {
  const version = /prometheus\/prometheus v0\.(\d+)\.(\d+)/.exec(goMod);
  if (!version) {
    throw new Error(`go.mod does not require ${MODULE}`);
  }
  const [number, patch] = version.slice(1).map(Number);
  const release = `${Math.floor(number / 100)}.${number % 100}.${patch}`;
  return [
    '-trimpath',
    `-ldflags=-s -w -X github.com/prometheus/common/version.Version=${release}`,
    TAGS,
  ];
}

/** Another process may have built the same meanwhile: then its result stays. */
async function publish(target: string, directory: string): Promise<void> {
  if (builtPrometheus(directory)) {
    return;
  }
  await rm(directory, { recursive: true, force: true });
  try {
    await rename(target, directory);
  } catch (error) {
    if (!builtPrometheus(directory)) {
      throw error;
    }
  }
}

/** Says every five percent of the packages that go names as it compiles them. */
function percentOf(
  total: number,
  say: (line: string) => void,
): (line: string) => void {
  const startedAt = Date.now();
  let compiled = 0;
  let said = -1;
  return line => {
    if (line.startsWith('go: ') || line.startsWith('#')) {
      return;
    }
    compiled += 1;
    // Linking comes last and prints nothing: it is the last few percent.
    const percent = Math.min(95, Math.floor((compiled / total) * 95));
    if (percent >= said + 5) {
      said = percent;
      const seconds = Math.round((Date.now() - startedAt) / 1000);
      say(
        `Compiling Prometheus: ${percent} % (${compiled} of ${total} packages, ${seconds} s)`,
      );
    }
  };
}

/** What go printed; rejects with its own words. */
function go(
  args: string[],
  options: {
    cwd: string;
    signal?: AbortSignal;
    /** Gets each line of its stderr. */
    onLine?(line: string): void;
  },
): Promise<string> {
  const { cwd, signal, onLine } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn('nice', ['-n', '15', 'go', ...args], {
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
    const onAbort = () => endGroup(child.pid);
    signal?.addEventListener('abort', onAbort, { once: true });
    process.once('exit', onAbort);
    let stdout = '';
    let stderr = '';
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-4_000);
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      lines.forEach(line => onLine?.(line));
    });
    const done = () => {
      signal?.removeEventListener('abort', onAbort);
      process.removeListener('exit', onAbort);
    };
    child.once('error', error => {
      done();
      reject(error);
    });
    child.once('close', code => {
      done();
      if (signal?.aborted) {
        reject(signal.reason);
      } else if (code === 0) {
        resolve(stdout);
      } else {
        reject(new Error(`"go ${args[0]}" in ${cwd} failed:\n${stderr}`));
      }
    });
  });
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}
