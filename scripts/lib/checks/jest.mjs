import { readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { nodeEnv } from '../nodeRuntime.mjs';
import { repoDir } from '../paths.mjs';

const CLI = path.join(repoDir, 'node_modules/@backstage/cli/bin/backstage-cli');
const JEST = path.join(repoDir, 'node_modules/jest/bin/jest.js');

const RUNS = {
  unit: report => [
    CLI,
    'repo',
    'test',
    '--watchAll=false',
    `--maxWorkers=${Math.max(1, availableParallelism())}`,
    ...report,
  ],
  // One cluster at a time: they would only take each other's cores.
  integration: report => [
    JEST,
    '--config',
    path.join(repoDir, 'jest.integration.config.js'),
    '--runInBand',
    ...report,
  ],
};

/** Runs one of the two Jest suites and counts its tests. */
export async function runJest(children, node, suite) {
  const outputFile = path.join(
    path.dirname(children.logFile(suite)),
    `${suite}.json`,
  );
  rmSync(outputFile, { force: true });
  let failure;
  try {
    await children.run(
      suite,
      node.binary,
      RUNS[suite](['--json', `--outputFile=${outputFile}`]),
      {
        cwd: repoDir,
        env: {
          ...nodeEnv(node),
          CI: '1',
          NO_COLOR: '1',
          FORCE_COLOR: '0',
          NODE_ENV: 'test',
        },
        onLine: line => {
          if (/^(PASS|FAIL) |●/.test(line)) {
            process.stdout.write(`${line}\n`);
          }
        },
      },
    );
  } catch (error) {
    failure = error;
  }
  const result = readResult(outputFile);
  if (!result) {
    process.stdout.write(`${failure?.tail ?? 'Jest wrote no result'}\n`);
    return { passed: 0, failed: 1 };
  }
  for (const file of result.testResults.filter(r => r.status === 'failed')) {
    process.stdout.write(`${file.name}\n${file.message}\n`);
  }
  return {
    passed: result.numPassedTests,
    // A file that can't even be loaded holds no failed test, but it failed. A
    // run in which nothing ran at all has not passed either.
    failed:
      result.numFailedTests +
      result.numRuntimeErrorTestSuites +
      (result.numTotalTests === 0 ? 1 : 0),
  };
}

function readResult(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
