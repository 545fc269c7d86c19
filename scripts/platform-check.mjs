// yarn platform:check: renders every overlay and checks that it is whole. Runs
// TypeScript of packages/platform with the Node that everything else runs with.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError, reportFailure } from './lib/errors.mjs';
import { isInstalled } from './lib/install.mjs';
import { ensureNode, nodeEnv } from './lib/nodeRuntime.mjs';
import { readOptions } from './lib/options.mjs';
import { cacheDir, repoDir } from './lib/paths.mjs';
import { Children } from './lib/processes.mjs';

const USAGE = `Usage: yarn platform:check

Renders every overlay of packages/platform and checks that each file is used,
every reference resolves, everything schedules on the declared nodes, the
programs know their configuration, and an embedded control plane accepts it all
with the policies in force. Ends with "N passed, N failed".`;

async function main() {
  readOptions(USAGE, {});
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
  const node = await ensureNode(children, line =>
    process.stderr.write(`${line}\n`),
  );
  const { status } = spawnSync(
    node.binary,
    [
      '--import',
      pathToFileURL(path.join(repoDir, 'node_modules/tsx/dist/loader.mjs'))
        .href,
      path.join(repoDir, 'packages/platform/src/check/main.ts'),
    ],
    { cwd: repoDir, env: nodeEnv(node), stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
}

main().catch(reportFailure);
