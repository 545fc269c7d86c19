import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { E2E_INSTANCE, E2E_PORT, stateHome } from './settings';
import { waitFor } from './waitFor';

export const repository = resolve(process.cwd(), '../..');
const run = promisify(execFile);

/** What a test does with the running portal. */
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
}

export function environment(): NodeJS.ProcessEnv {
  return { ...process.env, LLM_PLATFORM_HOME: stateHome };
}

export async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok;
  } catch {
    return false;
  }
}

/** The portal that the global set-up started. */
export function openPortal(): Portal {
  const url = `http://localhost:${E2E_PORT}`;

  async function kubectl(...args: string[]): Promise<string> {
    const { stdout } = await run(
      process.execPath,
      [
        join(repository, 'scripts/dev-cluster.mjs'),
        `--instance=${E2E_INSTANCE}`,
        'kubectl',
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
      await waitFor(
        'the backend to be gone',
        async () => !(await answers(url)),
      );
      await waitFor('the backend to be back', () => answers(url), {
        timeoutSeconds: 120,
      });
    },
  };
}
