import { existsSync, readFileSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { outputOf } from './commands.mjs';
import { UserError } from './errors.mjs';
import { isInstalled } from './install.mjs';
import { cacheDir, repoDir } from './paths.mjs';
import { atLeast, parseVersion } from './versions.mjs';

const GIB = 1024 ** 3;

/**
 * Finds everything that is missing before anything long begins, and says it
 * in one message, each with its remedy.
 */
export async function checkPrerequisites({ embedded, installPlatform }) {
  const problems = [];
  const add = (what, remedy) => problems.push(`- ${what}\n    ${remedy}`);

  if (embedded) {
    if (
      process.platform !== 'linux' ||
      !['x64', 'arm64'].includes(process.arch)
    ) {
      add(
        `The embedded cluster runs on Linux (x64, arm64) only, this is ${process.platform} ${process.arch}.`,
        'Use a cluster of your kubeconfig: npm start -- --context NAME',
      );
    } else {
      await checkGo(add);
    }
  }
  if ((await outputOf('npm', ['--version'])) === undefined) {
    add('npm was not found.', 'Install it; it comes with Node.');
  }
  const installed = isInstalled();
  if (!installed) {
    await checkCompilers(add);
  }
  if (
    installPlatform &&
    (await outputOf('kubectl', ['version', '--client'])) === undefined
  ) {
    add(
      'kubectl was not found; --install-platform applies the platform with it.',
      'Install kubectl (https://kubernetes.io/docs/tasks/tools/), or apply packages/platform yourself and leave --install-platform out.',
    );
  }
  await checkDisk(add, { installed, embedded });

  if (problems.length > 0) {
    throw new UserError(
      `Something is missing on this machine:\n${problems.join('\n')}`,
    );
  }
}

async function checkGo(add) {
  const goMod = readFileSync(
    path.join(repoDir, 'packages/dev-cluster/go.mod'),
    'utf8',
  );
  const wanted = /^go (\S+)$/m.exec(goMod)?.[1] ?? '1.26.0';
  const remedy = `Install Go ${wanted} or newer (https://go.dev/dl/), or use a cluster of your own: npm start -- --context NAME`;
  // GOTOOLCHAIN=local: what would be used for the build, not what Go may fetch.
  const found = await outputOf('go', ['env', 'GOVERSION'], {
    env: { ...process.env, GOTOOLCHAIN: 'local' },
    cwd: cacheRoot(),
  });
  if (found === undefined) {
    add(
      `Go was not found; the embedded cluster is compiled from Go modules.`,
      remedy,
    );
    return;
  }
  const version = parseVersion(found);
  if (version && !atLeast(version, parseVersion(wanted))) {
    add(`Go ${wanted} or newer is needed, this is ${found}.`, remedy);
  }
}

/** A directory without a go.mod, which could ask for another toolchain. */
function cacheRoot() {
  return path.parse(repoDir).root;
}

async function checkCompilers(add) {
  const tools = [
    ['python3', ['--version'], 'Python 3', 'python3'],
    ['make', ['--version'], 'make', 'make'],
    [process.env.CXX ?? 'c++', ['--version'], 'a C++ compiler', 'g++'],
  ];
  const missing = [];
  for (const [command, args, title, aptName] of tools) {
    if ((await outputOf(command, args)) === undefined) {
      missing.push({ title, aptName });
    }
  }
  if (missing.length === 0 || (await canDownloadPrebuilt())) {
    return;
  }
  add(
    `${missing
      .map(m => m.title)
      .join(
        ', ',
      )} not found: native modules (better-sqlite3, isolated-vm) must be compiled, since GitHub's prebuilt ones are out of reach.`,
    `For example on Debian or Ubuntu: apt-get install -y ${missing
      .map(m => m.aptName)
      .join(' ')}`,
  );
}

/** better-sqlite3's prebuilt binaries are GitHub release files. */
async function canDownloadPrebuilt() {
  try {
    const response = await fetch('https://github.com', {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(4_000),
    });
    return response.status < 500;
  } catch {
    return false;
  }
}

async function checkDisk(add, { installed, embedded }) {
  const cache = cacheDir();
  await mkdir(cache, { recursive: true });
  const builtBefore = existsSync(path.join(cache, 'control-plane'));
  const needs = [
    [repoDir, installed ? 0.3 : 3.5],
    [cache, embedded && !builtBefore ? 4 : 0.5],
  ];
  const byDevice = new Map();
  for (const [dir, gib] of needs) {
    const stats = await statfs(dir);
    const key = `${stats.type}:${stats.blocks}:${stats.bfree}`;
    const entry = byDevice.get(key) ?? {
      dir,
      gib: 0,
      free: (stats.bavail * stats.bsize) / GIB,
    };
    entry.gib += gib;
    byDevice.set(key, entry);
  }
  for (const { dir, gib, free } of byDevice.values()) {
    if (free < gib) {
      add(
        `${gib.toFixed(1)} GiB of disk are needed at ${dir}, ${free.toFixed(
          1,
        )} GiB are free.`,
        'Make room, or move the cache with LLM_PLATFORM_CACHE and the data with LLM_PLATFORM_HOME.',
      );
    }
  }
}
