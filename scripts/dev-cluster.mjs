// yarn dev-cluster up|down|status|kubectl|logs
import { spawn } from 'node:child_process';
import path from 'node:path';
import { reportFailure } from './lib/errors.mjs';
import { devClusterArgs } from './lib/clusterProcess.mjs';
import { install } from './lib/install.mjs';
import { ensureNode, nodeEnv } from './lib/nodeRuntime.mjs';
import { say } from './lib/output.mjs';
import { cacheDir, repoDir } from './lib/paths.mjs';
import { checkPrerequisites } from './lib/prerequisites.mjs';
import { isInstalled } from './lib/install.mjs';
import { Children } from './lib/processes.mjs';

async function main() {
  const children = new Children({
    runDir: path.join(cacheDir(), 'run', String(process.pid)),
    logDir: path.join(cacheDir(), 'logs'),
  });
  const stop = async () => {
    await children.stopAll();
    process.exit(130);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  if (!isInstalled()) {
    await checkPrerequisites({ embedded: true });
  }
  const node = await ensureNode(children, say);
  if (!isInstalled()) {
    say('Installing packages …');
    await install(children, node, say);
  }
  process.removeListener('SIGINT', stop);
  process.removeListener('SIGTERM', stop);

  const child = spawn(
    node.binary,
    [...devClusterArgs, ...process.argv.slice(2)],
    { cwd: repoDir, env: nodeEnv(node), stdio: 'inherit' },
  );
  // The terminal sends Ctrl-C to both; the child decides when it is done.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.once('exit', (code, signal) => {
    process.exitCode = signal ? 1 : code ?? 1;
  });
}

main().catch(reportFailure);
