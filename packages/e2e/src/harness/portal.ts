import { spawn, type ChildProcess, execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { E2E_INSTANCE, E2E_PORT, stateHome } from './settings';
import { waitFor } from './waitFor';

const repository = resolve(process.cwd(), '../..');
const run = promisify(execFile);

interface BootstrapStep {
  id: string;
  title: string;
  status: 'pending' | 'running' | 'done' | 'failed';
  message?: string;
}

/** The portal as a user starts it: `npm start`, with a state folder of its own. */
export interface Portal {
  url: string;
  gatewayUrl: string;
  /** Output of kubectl against the portal's cluster; throws when it fails. */
  kubectl(...args: string[]): Promise<string>;
  /** Token of a signed-in persona, as the browser gets it. */
  tokenOf(entityRef: string): Promise<string>;
  /** GET, POST … as a persona; the path starts with `/api/`. */
  api(
    entityRef: string,
    path: string,
    init?: { method?: string; body?: unknown },
  ): Promise<Response>;
  /** SIGKILL to the portal's backend alone; the launcher starts it again. */
  killBackend(): Promise<void>;
  stop(): Promise<void>;
}

function environment(): NodeJS.ProcessEnv {
  return { ...process.env, LLM_PLATFORM_HOME: stateHome };
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

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/** Starts the portal on an empty cluster and waits until all of it is ready. */
export async function startPortal(): Promise<Portal> {
  await mkdir(stateHome, { recursive: true });
  const url = `http://localhost:${E2E_PORT}`;
  const log = createWriteStream(join(stateHome, 'npm-start.log'));
  const child: ChildProcess = spawn(
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
    exited = `npm start ended with ${signal ?? `code ${code}`}; its output is in ${stateHome}`;
  });

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

  async function kubectl(...args: string[]): Promise<string> {
    const { stdout } = await run(
      process.execPath,
      [
        join(repository, 'scripts/dev-cluster.mjs'),
        'kubectl',
        '--instance',
        String(E2E_INSTANCE),
        ...args,
      ],
      { cwd: repository, env: environment(), maxBuffer: 64 << 20 },
    );
    return stdout;
  }

  async function tokenOf(entityRef: string): Promise<string> {
    const response = await fetch(`${url}/api/auth/personas/refresh`, {
      headers: {
        'x-llmp-persona': entityRef,
        'x-requested-with': 'XMLHttpRequest',
      },
    });
    if (!response.ok) {
      throw new Error(`sign-in as ${entityRef}: HTTP ${response.status}`);
    }
    const body = (await response.json()) as {
      backstageIdentity: { token: string };
    };
    return body.backstageIdentity.token;
  }

  return {
    url,
    gatewayUrl: `http://127.0.0.${1 + E2E_INSTANCE}:30080`,
    kubectl,
    tokenOf,
    async api(entityRef, path, init = {}) {
      return await fetch(`${url}${path}`, {
        method: init.method ?? 'GET',
        headers: {
          authorization: `Bearer ${await tokenOf(entityRef)}`,
          'content-type': 'application/json',
        },
        body: init.body === undefined ? undefined : JSON.stringify(init.body),
      });
    },
    async killBackend() {
      const pidFile = join(
        stateHome,
        `instance-${E2E_INSTANCE}`,
        'portal',
        'run',
        'portal.pid.json',
      );
      const { pid } = JSON.parse(await readFile(pidFile, 'utf8')) as {
        pid: number;
      };
      process.kill(pid, 'SIGKILL');
      await waitFor('the backend to be gone', async () => !(await answers(url)));
      await waitFor('the backend to be back', () => answers(url), {
        timeoutSeconds: 120,
      });
    },
    async stop() {
      if (exited) return;
      const ended = new Promise<void>(done => child.once('exit', () => done()));
      child.kill('SIGTERM');
      await ended;
      log.end();
    },
  };
}
