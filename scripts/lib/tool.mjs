import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from './errors.mjs';
import { isInstalled } from './install.mjs';
import { ensureNode, nodeEnv } from './nodeRuntime.mjs';
import { cacheDir, repoDir } from './paths.mjs';
import { Children } from './processes.mjs';

/**
 * Runs a TypeScript program of the repository, with the Node that everything
 * else runs with, and ends as it does; with `whenKilled` where a signal ended it.
 */
export async function runTool(file, args, { cwd, whenKilled = 1 } = {}) {
  if (!isInstalled()) {
    throw new UserError(
      'The packages are not installed.',
      'Start the portal once: npm start',
    );
  }
  const children = new Children({
    runDir: path.join(cacheDir(), 'run', String(process.pid)),
    logDir: path.join(cacheDir(), 'logs'),
  });
  // Standard output is the program's alone.
  const node = await ensureNode(children, line =>
    process.stderr.write(`${line}\n`),
  );
  const loader = path.join(repoDir, 'node_modules/tsx/dist/loader.mjs');
  const { status } = spawnSync(
    node.binary,
    ['--import', pathToFileURL(loader).href, path.join(repoDir, file), ...args],
    { cwd, env: nodeEnv(node), stdio: 'inherit' },
  );
  process.exitCode = status ?? whenKilled;
}
