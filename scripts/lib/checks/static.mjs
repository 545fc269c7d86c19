import path from 'node:path';
import { nodeEnv } from '../nodeRuntime.mjs';
import { say } from '../output.mjs';
import { repoDir } from '../paths.mjs';

const bin = file => path.join(repoDir, 'node_modules', file);

/** Each counts as one check: it either holds everywhere or it doesn't. */
const CHECKS = [
  {
    name: 'types',
    args: [
      bin('typescript/bin/tsc'),
      '--pretty',
      'false',
      '--incremental',
      'false',
    ],
  },
  {
    name: 'lint',
    args: [
      bin('@backstage/cli/bin/backstage-cli'),
      'repo',
      'lint',
      '--max-warnings',
      '0',
    ],
  },
];

export async function runStatic(children, node) {
  const counts = { passed: 0, failed: 0 };
  for (const { name, args } of CHECKS) {
    try {
      await children.run(name, node.binary, args, {
        cwd: repoDir,
        env: { ...nodeEnv(node), NO_COLOR: '1', FORCE_COLOR: '0' },
      });
      counts.passed += 1;
      say(`${name}: passed`);
    } catch (error) {
      counts.failed += 1;
      say(`${name}: FAILED`);
      process.stdout.write(`${error.tail ?? error.message}\n`);
      say(`The whole output: ${error.logFile}`);
    }
  }
  return counts;
}
