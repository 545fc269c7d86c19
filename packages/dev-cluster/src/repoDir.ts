import { existsSync } from 'node:fs';
import path from 'node:path';

/** Marks the repository's root. */
const MARK = 'packages/dev-cluster/go.mod';

/**
 * The root of the repository in which this process works. The cluster is
 * built from it, so it can't run elsewhere.
 */
export function findRepoDir(from: string = process.cwd()): string {
  for (let dir = path.resolve(from); ; dir = path.dirname(dir)) {
    if (existsSync(path.join(dir, MARK))) {
      return dir;
    }
    if (dir === path.dirname(dir)) {
      throw new Error(`${from} is not in a clone of the LLM Platform Portal`);
    }
  }
}
