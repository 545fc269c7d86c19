import {
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

/** @public */
export interface VolumeFile {
  content: Buffer;
  mode: number;
}

/** Relative path → file. @public */
export type VolumeFiles = ReadonlyMap<string, VolumeFile>;

const DATA_LINK = '..data';

/**
 * Lays out a volume's files as the kubelet does: in a fresh directory, made
 * visible by switching one link, so that a reader sees all old or all new.
 * Returns whether anything has changed.
 *
 * @public
 */
export function writeVolume(dir: string, files: VolumeFiles): boolean {
  mkdirSync(dir, { recursive: true });
  for (const name of files.keys()) {
    if (path.isAbsolute(name) || name.split('/').includes('..')) {
      throw new Error(`invalid path in volume: ${name}`);
    }
  }
  const link = path.join(dir, DATA_LINK);
  const current = currentData(link);
  if (current && sameFiles(path.join(dir, current), files)) {
    return false;
  }
  const fresh = freshName(dir);
  mkdirSync(path.join(dir, fresh));
  for (const [name, file] of files) {
    const target = path.join(dir, fresh, name);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, file.content, { mode: file.mode });
  }
  rmSync(`${link}_tmp`, { force: true });
  symlinkSync(fresh, `${link}_tmp`);
  renameSync(`${link}_tmp`, link);

  const roots = new Set([...files.keys()].map(name => name.split('/')[0]));
  for (const entry of readdirSync(dir)) {
    const stale = entry.startsWith('..')
      ? entry !== DATA_LINK && entry !== fresh
      : !roots.has(entry);
    if (stale) {
      rmSync(path.join(dir, entry), { recursive: true, force: true });
    } else {
      roots.delete(entry);
    }
  }
  for (const root of roots) {
    symlinkSync(path.join(DATA_LINK, root), path.join(dir, root));
  }
  return true;
}

function freshName(dir: string): string {
  const taken = new Set(readdirSync(dir));
  const base = `..${new Date().toISOString().replace(/[-:.TZ]/g, '_')}`;
  let name = base;
  for (let n = 1; taken.has(name); n += 1) {
    name = `${base}${n}`;
  }
  return name;
}

function currentData(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}

function sameFiles(dir: string, files: VolumeFiles): boolean {
  try {
    for (const [name, file] of files) {
      if (!readFileSync(path.join(dir, name)).equals(file.content)) {
        return false;
      }
    }
    return countFiles(dir) === files.size;
  } catch {
    return false;
  }
}

function countFiles(dir: string): number {
  return readdirSync(dir)
    .map(entry => path.join(dir, entry))
    .reduce(
      (sum, entry) =>
        sum + (statSync(entry).isDirectory() ? countFiles(entry) : 1),
      0,
    );
}
