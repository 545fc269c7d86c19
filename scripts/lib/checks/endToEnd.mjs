import { nodeEnv } from '../nodeRuntime.mjs';
import { yarnFile } from '../install.mjs';
import { repoDir } from '../paths.mjs';

/**
 * Runs packages/e2e, which starts its own portal and cluster. Its contract is
 * a last line "N passed, N failed".
 */
export async function runEndToEnd(children, node) {
  let counts;
  let failure;
  try {
    await children.run(
      'e2e',
      node.binary,
      [yarnFile, 'workspace', '@llm-platform/e2e', 'run', 'e2e'],
      {
        cwd: repoDir,
        env: nodeEnv(node),
        onLine: line => {
          process.stdout.write(`${line}\n`);
          const sum = /^(\d+) passed, (\d+) failed$/.exec(line.trim());
          if (sum) {
            counts = { passed: Number(sum[1]), failed: Number(sum[2]) };
          }
        },
      },
    );
  } catch (error) {
    failure = error;
  }
  if (!counts) {
    return { passed: 0, failed: 1 };
  }
  return failure && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
