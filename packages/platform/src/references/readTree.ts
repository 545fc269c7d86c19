import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FileTree } from './files';

/** Reads the named directories below a root as one tree. @public */
export function readTree(root: string, directories: string[]): FileTree {
  const files = directories
    .flatMap(directory =>
      readdirSync(path.join(root, directory), {
        recursive: true,
        encoding: 'utf8',
      }).map(name => path.join(directory, name)),
    )
    .filter(name => statSync(path.join(root, name)).isFile())
    .sort();
  return new Map(
    files.map(name => [
      name.split(path.sep).join('/'),
      readFileSync(path.join(root, name), 'utf8'),
    ]),
  );
}
