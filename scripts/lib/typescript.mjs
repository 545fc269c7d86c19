import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeEnv } from './nodeRuntime.mjs';
import { repoDir } from './paths.mjs';

const RUNNER = path.join(
  path.dirname(fileURLToPath(import.meta.url)),
  'typescript-runner.mjs',
);

/**
 * Calls an exported function of a TypeScript file that imports nothing but
 * Node's own modules, in a child process with a Node that strips types. So
 * the launcher and dev-cluster share one implementation although the launcher
 * needs it before anything is installed.
 */
export async function callTypeScript(
  children,
  node,
  { name, file, fn, options, report },
) {
  let result;
  await children.run(
    name,
    node.binary,
    [
      '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
      '--disable-warning=ExperimentalWarning',
      RUNNER,
      path.join(repoDir, file),
      fn,
      JSON.stringify(options),
    ],
    {
      cwd: repoDir,
      env: nodeEnv(node),
      onMessage: message => {
        if (message.type === 'progress') {
          report(message.line);
        } else if (message.type === 'result') {
          result = message.result;
        }
      },
    },
  );
  return result;
}
