import { cp, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Dockerfile } from './dockerfile';

/** Where the files that a Dockerfile copies are taken from. */
export interface BuildContext {
  /** The directory that `docker build` would get. */
  dir: string;
  /**
   * Files that are elsewhere although the context has them after its build:
   * path in the context to path on this machine.
   */
  outputs?: Readonly<Record<string, string>>;
}

/** A file that a Dockerfile copies and its context hasn't got. */
export class MissingFileError extends Error {
  constructor(source: string) {
    super(
      `failed to compute cache key: "/${source}": not found in the build context`,
    );
    this.name = 'MissingFileError';
  }
}

/** Lays out exactly what a Dockerfile copies, and nothing else. */
export async function layOut(
  dockerfile: Dockerfile,
  context: BuildContext,
  rootDir: string,
): Promise<void> {
  await mkdir(path.join(rootDir, dockerfile.workingDir), { recursive: true });
  for (const { sources, destination } of dockerfile.copies) {
    for (const source of sources) {
      const name = path.posix.normalize(source).replace(/^\//, '');
      const from = context.outputs?.[name] ?? path.join(context.dir, name);
      const info = await stat(from).catch(() => undefined);
      if (!info) {
        throw new MissingFileError(name);
      }
      // A directory's content is copied, a file keeps its name.
      const into =
        destination.endsWith('/') && info.isFile()
          ? path.join(destination, path.basename(name))
          : destination;
      const target = path.join(rootDir, into);
      await mkdir(path.dirname(target), { recursive: true });
      await cp(from, target, { recursive: true });
    }
  }
}
