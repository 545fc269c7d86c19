// yarn infra:synth, yarn infra:cost: the AWS account's templates and what they
// cost, without an account.
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
      path.join(repoDir, 'packages/infrastructure/src/main.ts'),
      ...process.argv.slice(2),
    ],
    { env: nodeEnv(node), stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
}

main().catch(reportFailure);
