// Only Node's own modules are imported here, and only erasable syntax is used:
// the launcher runs this file before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

const PACKAGE = 'github.com/prometheus/prometheus/cmd/promtool';
const FLAGS = [
  '-trimpath',
  '-ldflags=-s -w',
  // Of service discovery, checking a configuration needs no more.
  '-tags=netgo,remove_all_sd,enable_kubernetes_sd',
];

/**
 * Compiles promtool from its published Go module into the cache, under a key
 * of everything that decides the outcome, and returns its path. Does nothing
 * when it is there. Leaves the processor to others. Throws with go's own words.
 */
export async function buildPromtool(options: {
  /** The directory of go.mod and go.sum. */
  moduleDir: string;
  cacheDir: string;
  onProgress?(line: string): void;
}): Promise<string> {
  const { moduleDir } = options;
  const files = await Promise.all(
    ['go.mod', 'go.sum'].map(file =>
      readFile(path.join(moduleDir, file), 'utf8'),
    ),
  );
  const version = await go(['env', 'GOVERSION'], moduleDir);
  const key = createHash('sha256')
    .update(JSON.stringify([files, FLAGS, version, PACKAGE, process.arch]))
    .digest('hex')
    .slice(0, 16);
  const directory = path.join(options.cacheDir, 'tools');
  const binary = path.join(directory, `promtool-${key}`);
  if (existsSync(binary)) {
    return binary;
  }
  options.onProgress?.('Compiling promtool: some minutes, once');
  await mkdir(directory, { recursive: true });
  const building = `${binary}.building-${process.pid}`;
  try {
    await go(['build', ...FLAGS, '-o', building, PACKAGE], moduleDir);
    await rename(building, binary);
  } finally {
    await rm(building, { force: true });
  }
  return binary;
}

function go(args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('nice', ['-n', '15', 'go', ...args], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        CGO_ENABLED: '0',
        GOTOOLCHAIN: 'local',
        GOFLAGS: '-mod=readonly',
        GOWORK: 'off',
      },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', chunk => {
      stdout += chunk;
    });
    child.stderr.on('data', chunk => {
      stderr += chunk;
    });
    child.once('error', reject);
    child.once('close', code => {
      if (code === 0) {
        resolve(stdout.trim());
      } else {
        reject(
          new Error(
            `"go ${args[0]}" in ${cwd} failed:\n${stderr.trim().slice(-4_000)}`,
          ),
        );
      }
    });
  });
}
