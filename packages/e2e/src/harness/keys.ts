import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { environment, repository } from './portal';
import { E2E_INSTANCE } from './settings';

/** Makes an application key as a person at a terminal does; `more` are further options of the command. */
export async function createKey(
  team: string,
  models: string,
  ...more: string[]
): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(repository, 'scripts/gateway-key.mjs'),
      'create',
      `--team=${team}`,
      `--models=${models}`,
      '--expires=1h',
      `--instance=${E2E_INSTANCE}`,
      ...more,
    ],
    { env: environment() },
  );
  return stdout.trim();
}
