import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Marks the repository's root. */
const MARK = 'packages/platform/base/kustomization.yaml';

/** The root of the clone in which this process works. */
export function findRepository(from: string = process.cwd()): string {
  for (let dir = path.resolve(from); ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, MARK))) {
      return dir;
    }
    if (dir === path.dirname(dir)) {
      throw new Error(`${from} is not in a clone of the LLM Platform Portal`);
    }
  }
}

/** The directory of this package: base, overlays, policies. */
export function platformDir(): string {
  return path.join(findRepository(), 'packages/platform');
}

/** Where everything that is compiled is kept, for all clones of a user. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  return path.resolve(
    env.LLM_PLATFORM_CACHE ??
      path.join(homedir(), '.cache', 'llm-platform-portal'),
  );
}
