import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Remembers with which programs a cluster runs, for its kubectl. */
export function writeBinDir(stateDir: string, binDir: string): void {
  writeFileSync(path.join(stateDir, 'programs.json'), JSON.stringify(binDir));
}

/** Undefined when the cluster never ran, or its programs are gone. */
export function readBinDir(stateDir: string): string | undefined {
  try {
    const binDir: unknown = JSON.parse(
      readFileSync(path.join(stateDir, 'programs.json'), 'utf8'),
    );
    return typeof binDir === 'string' && existsSync(binDir)
      ? binDir
      : undefined;
  } catch {
    return undefined;
  }
}
