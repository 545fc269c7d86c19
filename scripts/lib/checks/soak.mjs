import path from 'node:path';
import { nodeEnv } from '../nodeRuntime.mjs';
import { repoDir } from '../paths.mjs';

const SECONDS = 60;

/** The gateway under many streams for a minute: one check, it holds or it doesn't. */
export async function runSoak(children, node) {
  try {
    await children.run(
      'soak',
      node.binary,
      [
        path.join(repoDir, 'scripts/gateway-tool.mjs'),
        'soak',
        '--seconds',
        String(SECONDS),
      ],
      {
        cwd: repoDir,
        env: nodeEnv(node),
        onLine: line => process.stdout.write(`${line}\n`),
      },
    );
    return { passed: 1, failed: 0 };
  } catch (error) {
    process.stdout.write(`${error.tail ?? error.message}\n`);
    return { passed: 0, failed: 1 };
  }
}
