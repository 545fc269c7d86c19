import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { StepMessage } from './progress';

/**
 * `up --detach`: starts the same command in the background and resolves when
 * the cluster is up. The background process keeps its own log.
 */
export function upDetached(options: {
  argv: string[];
  stateDir: string;
  lastStep: StepMessage['id'];
}): Promise<void> {
  const logDir = path.join(options.stateDir, 'logs');
  mkdirSync(logDir, { recursive: true });
  const logFile = path.join(logDir, 'dev-cluster.log');
  const log = openSync(logFile, 'a');
  const child = spawn(
    process.execPath,
    [...process.execArgv, process.argv[1], ...options.argv],
    {
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
      env: { ...process.env, LLMP_DETACHED: '1' },
    },
  );
  return new Promise((resolve, reject) => {
    child.on('message', (message: StepMessage) => {
      if (message.type !== 'step' || message.status === 'running') {
        if (message.message) {
          process.stdout.write(`  ${message.id}: ${message.message}\n`);
        }
        return;
      }
      process.stdout.write(`${message.id}: ${message.status}\n`);
      if (message.status === 'done' && message.id === options.lastStep) {
        process.stdout.write(
          `Runs in the background (process ${child.pid}, log ${logFile})\n`,
        );
        child.disconnect();
        child.unref();
        resolve();
      }
    });
    child.once('error', reject);
    child.once('exit', code =>
      reject(
        new Error(
          `The cluster did not come up (exit code ${code}), see ${logFile}`,
        ),
      ),
    );
  });
}
