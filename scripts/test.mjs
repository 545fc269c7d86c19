// npm test: types, lint, unit tests, integration tests on the embedded control
// plane, and the portal in a real browser. The last line is the sum.
import path from 'node:path';
import { buildApp } from './lib/appBuild.mjs';
import { runStatic } from './lib/checks/static.mjs';
import { runJest } from './lib/checks/jest.mjs';
import { runNodeTests } from './lib/checks/nodeTests.mjs';
import { runEndToEnd } from './lib/checks/endToEnd.mjs';
import { runPlatformCheck } from './lib/checks/platform.mjs';
import { runSoak } from './lib/checks/soak.mjs';
import {
  buildControlPlane,
  buildPrometheus,
  getModelFile,
} from './lib/clusterFiles.mjs';
import { UserError, reportFailure } from './lib/errors.mjs';
import { install } from './lib/install.mjs';
import { ensureNode } from './lib/nodeRuntime.mjs';
import { readOptions } from './lib/options.mjs';
import { duration, say } from './lib/output.mjs';
import { cacheDir } from './lib/paths.mjs';
import { checkPrerequisites } from './lib/prerequisites.mjs';
import { Children } from './lib/processes.mjs';

const PARTS = ['static', 'unit', 'platform', 'integration', 'soak', 'e2e'];

const USAGE = `npm test [-- --only PART]

Installs what is missing and runs every check. Ends with "N passed, N failed".

  --only PART   one of: ${PARTS.join(', ')} (may be given more than once)
  --help        this text`;

async function main() {
  const options = readOptions(USAGE, {
    only: { type: 'string', multiple: true },
  });
  const unknown = (options.only ?? []).find(part => !PARTS.includes(part));
  if (unknown !== undefined) {
    throw new UserError(`There is no part "${unknown}".`, USAGE);
  }
  const parts = new Set(options.only ?? PARTS);
  const needsCluster = ['platform', 'integration', 'e2e'].some(part =>
    parts.has(part),
  );
  await checkPrerequisites({ embedded: needsCluster });

  const work = path.join(cacheDir(), 'test');
  const children = new Children({
    runDir: path.join(work, 'run', String(process.pid)),
    logDir: path.join(work, 'logs'),
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, async () => {
      await children.stopAll();
      process.exit(130);
    });
  }
  let counts;
  try {
    counts = await runParts(parts, children, needsCluster);
  } finally {
    await children.stopAll();
  }
  process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed\n`);
  process.exitCode = counts.failed > 0 ? 1 : 0;
}

async function runParts(parts, children, needsCluster) {
  const node = await timed('Node 22', () => ensureNode(children, say));
  // Compiling Go takes minutes of two cores: it goes on, with low priority,
  // beside everything that doesn't need it.
  const files = needsCluster
    ? Promise.all([
        timed('Control plane programs', () =>
          buildControlPlane(children, node, say),
        ).then(() =>
          timed('Prometheus', () => buildPrometheus(children, node, say)),
        ),
        timed('Model file', () => getModelFile(children, node, say)),
      ])
    : undefined;
  files?.catch(() => {});
  await timed('Packages', () => install(children, node, say));

  const counts = { passed: 0, failed: 0 };
  const add = (part, result) => {
    counts.passed += result.passed;
    counts.failed += result.failed;
    say(`${part}: ${result.passed} passed, ${result.failed} failed`);
  };
  if (parts.has('static')) {
    add(
      'static',
      await timed('Types and lint', () => runStatic(children, node)),
    );
  }
  if (parts.has('unit')) {
    add(
      'launcher',
      await timed('Launcher tests', () => runNodeTests(children, node)),
    );
    add(
      'unit',
      await timed('Unit tests', () => runJest(children, node, 'unit')),
    );
  }
  if (needsCluster) {
    await files;
  }
  if (parts.has('platform')) {
    add(
      'platform',
      await timed('Checks of the manifests', () =>
        runPlatformCheck(children, node),
      ),
    );
  }
  if (parts.has('integration')) {
    add(
      'integration',
      await timed('Integration tests', () =>
        runJest(children, node, 'integration'),
      ),
    );
  }
  if (parts.has('soak')) {
    add('soak', await timed('Gateway soak', () => runSoak(children, node)));
  }
  if (parts.has('e2e')) {
    await timed('Portal pages', () => buildApp(children, node, say));
    add('e2e', await timed('Browser tests', () => runEndToEnd(children, node)));
  }
  return counts;
}

async function timed(title, work) {
  const startedAt = Date.now();
  say(`${title} …`);
  try {
    return await work();
  } finally {
    say(`${title}: ${duration(Date.now() - startedAt)}`);
  }
}

main().catch(reportFailure);
