import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeEnv } from '../nodeRuntime.mjs';
import { repoDir } from '../paths.mjs';

/** Runs the checks of the manifests and takes their sum from the last line. */
export async function runPlatformCheck(children, node) {
  let counts;
  let failure;
  try {
    await children.run(
      'platform-check',
      node.binary,
      [
        '--import',
        pathToFileURL(path.join(repoDir, 'node_modules/tsx/dist/loader.mjs'))
          .href,
        path.join(repoDir, 'packages/platform/src/check/main.ts'),
      ],
      {
        cwd: repoDir,
        env: nodeEnv(node),
        onLine: line => {
          const sum = /^(\d+) passed, (\d+) failed$/.exec(line);
          if (sum) {
            counts = { passed: Number(sum[1]), failed: Number(sum[2]) };
          } else {
            process.stdout.write(`${line}\n`);
          }
        },
      },
    );
  } catch (error) {
    failure = error;
  }
  if (!counts) {
    process.stdout.write(`${failure?.tail ?? 'The checks did not end'}\n`);
    return { passed: 0, failed: 1 };
  }
  return counts;
}
