import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answers, environment, openPortal, repository } from './portal';
import { E2E_INSTANCE, E2E_PORT, stateHome } from './settings';
import { waitFor } from './waitFor';

interface BootstrapStep {
  id: string;
  title: string;
  status: 'pending' | 'running' | 'done' | 'failed';
  message?: string;
}

async function bootstrapSteps(): Promise<BootstrapStep[]> {
  try {
    const file = join(
      stateHome,
      `instance-${E2E_INSTANCE}`,
      'portal',
      'bootstrap.json',
    );
    return JSON.parse(await readFile(file, 'utf8')) as BootstrapStep[];
  } catch {
    // Not written yet.
    return [];
  }
}

/** Whether the portal knows that there is no such model, rather than nothing yet. */
async function hasReadCluster(): Promise<boolean> {
  try {
    const path = '/api/models/v1/models/embedded/quant/none';
    return (await openPortal().api('user:default/pat', path)).status === 404;
  } catch {
    // Nobody can sign in yet.
    return false;
  }
}

/**
 * Starts the portal as a user does (`npm start`), on an empty cluster and with
 * a state folder of its own, and waits until all of it is ready.
 */
export async function startPortal(): Promise<() => Promise<void>> {
  await mkdir(stateHome, { recursive: true });
  const url = `http://localhost:${E2E_PORT}`;
  const log = createWriteStream(join(stateHome, 'npm-start.log'));
  const child = spawn(
    process.execPath,
    [
      join(repository, 'scripts/start.mjs'),
      '--instance',
      String(E2E_INSTANCE),
      '--port',
      String(E2E_PORT),
      '--reset',
    ],
    { cwd: repository, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  let exited: string | undefined;
  child.once('exit', (code, signal) => {
    exited = `npm start ended with ${
      signal ?? `code ${code}`
    }; its output is in ${stateHome}`;
  });

  const stop = async () => {
    if (exited) return;
    const ended = new Promise<void>(done => child.once('exit', () => done()));
    child.kill('SIGTERM');
    await ended;
    log.end();
  };

  try {
    await waitFor(
      'the portal and its cluster to be ready',
      async () => {
        if (exited) throw new Error(exited);
        const steps = await bootstrapSteps();
        const failed = steps.find(step => step.status === 'failed');
        if (failed) throw new Error(`${failed.title}: ${failed.message}`);
        return (
          steps.length > 0 &&
          steps.every(step => step.status === 'done') &&
          (await answers(`${url}/`))
        );
      },
      { timeoutSeconds: 1200 },
    );
    // Its plugins answer a little later than its page, and it looks for its
    // cluster every some seconds only.
    await waitFor('the portal to have read its cluster', hasReadCluster, {
      timeoutSeconds: 120,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}
