// yarn bench:gateway, yarn soak:gateway: runs TypeScript of services/gateway
// with the Node that everything else runs with.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError, reportFailure } from './lib/errors.mjs';
import { isInstalled } from './lib/install.mjs';
import { ensureNode, nodeEnv } from './lib/nodeRuntime.mjs';
import { cacheDir, repoDir } from './lib/paths.mjs';
import { Children } from './lib/processes.mjs';

async function main() {
  if (!isInstalled()) {
    throw new UserError(
      'The packages are not installed.',
      'Start the portal once: npm start',
    );
  }
  const [tool, ...args] = process.argv.slice(2);
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
      path.join(repoDir, 'services/gateway', tool, 'main.ts'),
      ...args,
    ],
    { env: nodeEnv(node), stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
}

main().catch(reportFailure);
