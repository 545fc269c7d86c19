import { readdirSync } from 'node:fs';
import path from 'node:path';
import { nodeEnv } from '../nodeRuntime.mjs';
import { repoDir } from '../paths.mjs';

/** The launcher's own tests: plain Node, as the launcher itself. */
export async function runNodeTests(children, node) {
  const dir = path.join(repoDir, 'scripts/lib');
  const files = readdirSync(dir)
    .filter(name => name.endsWith('.test.mjs'))
    .map(name => path.join(dir, name));
  const counts = { passed: 0, failed: 0 };
  let failure;
  try {
    await children.run(
      'launcher-tests',
      node.binary,
      ['--test', '--test-reporter=tap', ...files],
      {
        cwd: repoDir,
        env: nodeEnv(node),
        onLine: line => {
          const sum = /^# (pass|fail) (\d+)$/.exec(line);
          if (sum) {
            counts[sum[1] === 'pass' ? 'passed' : 'failed'] = Number(sum[2]);
          }
        },
      },
    );
  } catch (error) {
    failure = error;
    process.stdout.write(`${error.tail ?? error.message}\n`);
  }
  return failure && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
