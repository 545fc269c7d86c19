import { lstat, opendir } from 'node:fs/promises';
import path from 'node:path';

/** As long as a kubelet keeps what it has counted. */
const KEEP_MS = 60_000;
/** More is not counted: counting must not cost what it measures. */
const MAX_FILES = 50_000;
const BLOCK = 512;

/** Counts what directories hold, each at most once a minute. */
export function createUsage(now: () => number = Date.now): {
  /** Bytes on disk below a directory; 0 where there is none. */
  usedBytes(directory: string): Promise<number>;
} {
  const known = new Map<string, { bytes: Promise<number>; until: number }>();
  return {
    usedBytes(directory) {
      const counted = known.get(directory);
      if (counted && counted.until > now()) {
        return counted.bytes;
      }
      const bytes = count(directory);
      known.set(directory, { bytes, until: now() + KEEP_MS });
      return bytes;
    },
  };
}

async function count(root: string): Promise<number> {
  let files = 0;
  let blocks = 0;
  const directories = [root];
  for (
    let directory = directories.pop();
    directory !== undefined && files < MAX_FILES;
    directory = directories.pop()
  ) {
    // What goes away while it is counted counts nothing.
    try {
      for await (const entry of await opendir(directory)) {
        files += 1;
        const file = path.join(directory, entry.name);
        if (entry.isDirectory()) {
          directories.push(file);
        } else {
          const stat = await lstat(file).catch(() => undefined);
          blocks += stat?.blocks ?? 0;
        }
      }
    } catch {
      continue;
    }
  }
  return blocks * BLOCK;
}
