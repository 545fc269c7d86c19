import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { UserError } from './errors.mjs';
import { nodeEnv } from './nodeRuntime.mjs';
import { say } from './output.mjs';
import { repoDir } from './paths.mjs';

/** The arguments with which Node runs dev-cluster's command line. */
export const devClusterArgs = [
  '--import',
  pathToFileURL(path.join(repoDir, 'node_modules/tsx/dist/loader.mjs')).href,
  path.join(repoDir, 'packages/dev-cluster/src/main.ts'),
];

const RESTART_AFTER_MS = 3_000;

/**
 * Starts `dev-cluster up` as a child and resolves when the platform on it is
 * ready. It ends by itself when this process does; when it ends otherwise
 * after it was ready, it is started again: its data is on disk.
 */
export async function startClusterProcess(children, node, options) {
  const { instance, stateDir, onStep } = options;
  const child = children.start(
    'cluster',
    node.binary,
    [
      ...devClusterArgs,
      `--instance=${instance}`,
      `--state-dir=${stateDir}`,
      'up',
      // Somebody else compiles it, at a time of their own.
      ...(options.prometheus === false ? ['--no-prometheus'] : []),
    ],
    { cwd: repoDir, env: nodeEnv(node), ipc: true, append: options.again },
  );
  return new Promise((resolve, reject) => {
    let failure;
    let ready = false;
    child.on('message', message => {
      if (message?.type !== 'step') {
        return;
      }
      onStep(message);
      if (message.status === 'failed') {
        failure = message.message;
      }
      if (message.id === 'gateway' && message.status === 'done') {
        ready = true;
        resolve();
      } else if (message.id === 'gateway' && message.status === 'failed') {
        // The cluster stays up, so that one can find out why.
        reject(
          new UserError(
            `The gateway on the embedded cluster did not become ready: ${message.message}`,
            `The log of the cluster: ${children.logFile('cluster')}`,
          ),
        );
      }
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      const how = signal ?? `exit code ${code}`;
      if (ready && !children.stopping) {
        say(`The embedded cluster's process ended (${how}); starting it again`);
        // The session holds the event loop; when it ends this must not.
        setTimeout(() => {
          if (!children.stopping) {
            startClusterProcess(children, node, {
              ...options,
              again: true,
            }).catch(error => !children.stopping && say(error.message));
          }
        }, RESTART_AFTER_MS).unref();
        return;
      }
      reject(
        new UserError(
          `The embedded cluster ended (${how})${failure ? `: ${failure}` : ''}`,
          `Its log: ${children.logFile('cluster')}`,
        ),
      );
    });
  });
}
