// yarn gateway:key create --team quant --models a,b --expires 30d
// Without KUBECONFIG or --kubeconfig it speaks to the embedded cluster.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError, reportFailure } from './lib/errors.mjs';
import { isInstalled } from './lib/install.mjs';
import { ensureNode, nodeEnv } from './lib/nodeRuntime.mjs';
import { cacheDir, repoDir, stateDirOf } from './lib/paths.mjs';
import { Children } from './lib/processes.mjs';

async function main() {
  if (!isInstalled()) {
    throw new UserError(
      'The packages are not installed.',
      'Start the portal once: npm start',
    );
  }
  const args = process.argv.slice(2);
  const env = { ...process.env };
  const named = args.some(arg => arg.startsWith('--kubeconfig'));
  if (!named && env.KUBECONFIG === undefined) {
    const embedded = path.join(stateDirOf(0), 'kubeconfig');
    if (!existsSync(embedded)) {
      throw new UserError(
        'There is no embedded cluster.',
        'Start it (npm start), or name another cluster: --kubeconfig FILE',
      );
    }
    env.KUBECONFIG = embedded;
  }
  const children = new Children({
    runDir: path.join(cacheDir(), 'run', String(process.pid)),
    logDir: path.join(cacheDir(), 'logs'),
  });
  // Standard output carries the key alone.
  const node = await ensureNode(children, line =>
    process.stderr.write(`${line}\n`),
  );
  const { status } = spawnSync(
    node.binary,
    [
      '--import',
      pathToFileURL(path.join(repoDir, 'node_modules/tsx/dist/loader.mjs'))
        .href,
      path.join(repoDir, 'services/gateway/src/keys/cli.ts'),
      ...args,
    ],
    { env: { ...nodeEnv(node), ...env }, stdio: 'inherit' },
  );
  process.exitCode = status ?? 1;
}

main().catch(reportFailure);
