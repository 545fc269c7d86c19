// yarn golden-checks: a live platform, end to end. The embedded cluster's
// (--instance N: another than the first) unless --context names another.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError, reportFailure } from './lib/errors.mjs';
import { numberOption, readOptions } from './lib/options.mjs';
import { stateDirOf } from './lib/paths.mjs';
import { runTool } from './lib/tool.mjs';

const USAGE = `yarn golden-checks [options]

Checks a live platform: nodes and their GPUs, add-ons, volumes, services, one
prediction per team and one streamed chat through the gateway, metrics and
dashboards. Prints a table. Exit code 0: all is well, 1: something isn't, 2: it
could not be checked. It needs the rights of an administrator: the requests go
with a key that it makes, and takes away at the end.

  --context NAME      a context of your kubeconfig instead of the embedded cluster
  --kubeconfig FILE   with --context: another kubeconfig
  --instance N        another embedded cluster than the first (0 to 9)
  --junit FILE        write the results there as JUnit's XML, too
  --timeout SECONDS   for one request (60)
  --help              this text`;

async function main() {
  const options = readOptions(USAGE, {
    context: { type: 'string' },
    kubeconfig: { type: 'string' },
    instance: { type: 'string' },
    junit: { type: 'string' },
    timeout: { type: 'string' },
  });
  const timeout = numberOption('timeout', options.timeout ?? '60', 1, 3600);
  const args = [`--timeout=${timeout}`, ...clusterArgs(options)];
  if (options.junit !== undefined) {
    args.push(`--junit=${path.resolve(options.junit)}`);
  }
  await runTool('packages/platform/src/golden/main.ts', args, {
    whenKilled: 2,
  });
}

function clusterArgs(options) {
  if (options.context !== undefined) {
    return [
      `--context=${options.context}`,
      ...(options.kubeconfig ? [`--kubeconfig=${options.kubeconfig}`] : []),
    ];
  }
  if (options.kubeconfig !== undefined) {
    throw new UserError('--kubeconfig goes with --context NAME.');
  }
  const instance = numberOption('instance', options.instance ?? '0', 0, 9);
  const stateDir = stateDirOf(instance);
  const kubeconfig = path.join(stateDir, 'admin.kubeconfig');
  if (!existsSync(kubeconfig)) {
    throw new UserError(
      `There is no embedded cluster in ${stateDir}.`,
      'Start it (npm start), or name another cluster: --context NAME',
    );
  }
  return [`--kubeconfig=${kubeconfig}`];
}

main().catch(error => {
  reportFailure(error);
  // Nothing was checked: not the same as a check that failed.
  process.exitCode = 2;
});
