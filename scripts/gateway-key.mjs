// yarn gateway:key create|list|revoke …; --help shows all of it.
// It speaks to the embedded cluster (--instance N: another than the first)
// unless --kubeconfig names another: a KUBECONFIG in the shell must not decide
// silently where a key goes.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError, reportFailure } from './lib/errors.mjs';
import { isInstalled } from './lib/install.mjs';
import { ensureNode, nodeEnv } from './lib/nodeRuntime.mjs';
import { numberOption } from './lib/options.mjs';
import { cacheDir, repoDir, stateDirOf } from './lib/paths.mjs';
import { Children } from './lib/processes.mjs';

async function main() {
  if (!isInstalled()) {
    throw new UserError(
      'The packages are not installed.',
      'Start the portal once: npm start',
    );
  }
  const { instance, args } = takeInstance(process.argv.slice(2));
  const env = { ...process.env };
  const needsCluster = !args.includes('--help') && !args.includes('-h');
  if (needsCluster && !args.some(arg => /^--kubeconfig(=|$)/.test(arg))) {
    const embedded = path.join(stateDirOf(instance), 'admin.kubeconfig');
    if (!existsSync(embedded)) {
      throw new UserError(
        `There is no embedded cluster in ${path.dirname(embedded)}.`,
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

/** Splits `--instance N` off; the rest is for the key tool. */
function takeInstance(all) {
  const args = [...all];
  const at = args.findIndex(arg => /^--instance(=|$)/.test(arg));
  if (at < 0) {
    return { instance: 0, args };
  }
  const [option] = args.splice(at, 1);
  const text = option.includes('=')
    ? option.slice('--instance='.length)
    : args.splice(at, 1)[0] ?? '';
  return { instance: numberOption('instance', text, 0, 9), args };
}

main().catch(reportFailure);
