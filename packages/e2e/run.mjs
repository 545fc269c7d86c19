// Runs the browser tests and ends with the line "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const folder = mkdtempSync(join(tmpdir(), 'llm-platform-e2e-result-'));
const outputFile = join(folder, 'result.json');
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    jest,
    '--config',
    'jest.e2e.config.js',
    '--runInBand',
    '--json',
    `--outputFile=${outputFile}`,
    ...process.argv.slice(2),
  ],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'test' },
  },
);

let passed = 0;
let failed = 1;
try {
  const result = JSON.parse(readFileSync(outputFile, 'utf8'));
  passed = result.numPassedTests;
  // A file that can't be loaded holds no failed test, but it failed.
  failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
} catch (error) {
  process.stderr.write(`Jest wrote no result: ${error.message}\n`);
}
if (status !== 0 && failed === 0) failed = 1;
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
