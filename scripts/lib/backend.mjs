import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from './errors.mjs';
import { nodeEnv } from './nodeRuntime.mjs';
import { say } from './output.mjs';
import { cacheDir, repoDir } from './paths.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const READY_TIMEOUT_MS = 180_000;
const MAX_BACKOFF_MS = 30_000;

/**
 * Starts the portal's one process and resolves when it answers. Afterwards it
 * is started again when it ends unexpectedly: its unfinished tasks go on.
 */
export async function startBackend(
  children,
  node,
  { configs, port, nodeEnvName },
) {
  let crashes = 0;
  let answered = false;
  let exited;

  const launch = () => {
    const startedAt = Date.now();
    const child = children.start(
      'portal',
      node.binary,
      [
        '--enable-source-maps',
        '--require',
        path.join(here, 'exit-with-parent.cjs'),
        '--require',
        path.join(
          repoDir,
          'node_modules/@backstage/cli-node/config/nodeTransform.cjs',
        ),
        'src/index',
        ...configs.flatMap(file => ['--config', file]),
      ],
      {
        cwd: path.join(repoDir, 'packages/backend'),
        env: {
          ...nodeEnv(node),
          NODE_ENV: nodeEnvName,
          // Backstage is thousands of modules: a later start finds them
          // compiled.
          NODE_COMPILE_CACHE: path.join(cacheDir(), 'compiled'),
        },
        ipc: true,
        append: crashes > 0,
      },
    );
    child.once('exit', (code, signal) => {
      exited = signal ?? `exit code ${code}`;
      if (children.stopping || !answered) {
        return;
      }
      crashes = Date.now() - startedAt > 60_000 ? 1 : crashes + 1;
      say(`The portal's process ended (${exited}); starting it again`);
      // The session holds the event loop; when it ends this must not.
      setTimeout(
        () => !children.stopping && launch(),
        Math.min(1_000 * 2 ** (crashes - 1), MAX_BACKOFF_MS),
      ).unref();
    });
  };
  launch();

  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!(await isReady(port))) {
    if (exited || Date.now() > deadline) {
      const log = children.logFile('portal');
      throw new UserError(
        `The portal did not come up (${
          exited ?? 'no answer in time'
        }):\n${tailOf(log)}`,
        `The whole log: ${log}`,
      );
    }
    await sleep(700);
  }
  answered = true;
}

async function isReady(port) {
  for (const url of ['/.backstage/health/v1/readiness', '/']) {
    try {
      const response = await fetch(`http://127.0.0.1:${port}${url}`, {
        signal: AbortSignal.timeout(5_000),
      });
      await response.arrayBuffer();
      if (!response.ok) {
        return false;
      }
    } catch {
      return false;
    }
  }
  return true;
}

function tailOf(file) {
  return existsSync(file)
    ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-25).join('\n')
    : '';
}
