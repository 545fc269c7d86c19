// yarn golden-checks: scripts/golden-checks.mjs starts it.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { KubeConfig } from '@kubernetes/client-node';
import { goldenJunit, goldenTable, runGoldenChecks } from '.';

/** Not what the checks found, but that they could not be made. */
const NOT_CHECKED = 2;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      kubeconfig: { type: 'string' },
      context: { type: 'string' },
      kubectl: { type: 'string', default: 'kubectl' },
      junit: { type: 'string' },
      timeout: { type: 'string', default: '60' },
    },
  });
  const config = new KubeConfig();
  if (values.kubeconfig === undefined) {
    config.loadFromDefault();
  } else {
    config.loadFromFile(values.kubeconfig);
  }
  if (values.context !== undefined) {
    if (!config.getContextObject(values.context)) {
      throw new Error(`There is no context ${values.context}`);
    }
    config.setCurrentContext(values.context);
  }
  const results = await runGoldenChecks({
    config,
    kubectl: [
      values.kubectl,
      ...(values.kubeconfig ? [`--kubeconfig=${values.kubeconfig}`] : []),
      `--context=${config.getCurrentContext()}`,
    ],
    timeoutMs: Number(values.timeout) * 1000,
  });
  if (values.junit !== undefined) {
    mkdirSync(path.dirname(path.resolve(values.junit)), { recursive: true });
    writeFileSync(values.junit, goldenJunit(results));
  }
  process.stdout.write(goldenTable(results));
  return results.some(({ status }) => status === 'failed') ? 1 : 0;
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(
      `The checks could not be made: ${error?.message ?? error}\n`,
    );
    process.exitCode = NOT_CHECKED;
  },
);
