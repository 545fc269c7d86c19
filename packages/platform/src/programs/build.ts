import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** A program that is compiled from its published Go module. */
export interface GoProgram {
  name: string;
  /** The package of its main function. */
  package: string;
  /** The directory of go.mod and go.sum. */
  moduleDir: string;
  flags: string[];
}

/**
 * Compiles a program into the cache, under a key of everything that decides
 * the outcome, and returns its path. Does nothing when it is there. Leaves the
 * processor to others. Throws with go's own words.
 */
export async function buildProgram(
  program: GoProgram,
  options: { cacheDir: string; onLine?(line: string): void },
): Promise<string> {
  const { name, moduleDir, flags } = program;
  const files = await Promise.all(
    ['go.mod', 'go.sum'].map(file =>
      readFile(path.join(moduleDir, file), 'utf8'),
    ),
  );
  const version = await go(['env', 'GOVERSION'], moduleDir);
  const key = createHash('sha256')
    .update(
      JSON.stringify([files, flags, version, program.package, process.arch]),
    )
    .digest('hex')
    .slice(0, 16);
  const directory = path.join(options.cacheDir, 'tools');
  const binary = path.join(directory, `${name}-${key}`);
  if (existsSync(binary)) {
    return binary;
  }
  options.onLine?.(
    `Compiling ${name}: some minutes, once; the result is kept in ${directory}`,
  );
  await mkdir(directory, { recursive: true });
  const building = `${binary}.building-${process.pid}`;
  try {
    await go(
      ['build', '-trimpath', ...flags, '-o', building, program.package],
      moduleDir,
    );
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
