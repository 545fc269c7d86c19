import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A copy of the manifests into which a mistake is put back. */
export class MistakenManifests {
  private constructor(readonly dir: string) {}

  /** @param origin - a copy with its settings filled in */
  static async of(origin: string): Promise<MistakenManifests> {
    const dir = await mkdtemp(path.join(tmpdir(), 'llmp-mistake-'));
    await cp(origin, dir, { recursive: true });
    return new MistakenManifests(dir);
  }

  overlay(name: string): string {
    return path.join(this.dir, 'overlays', name);
  }

  /** Replaces the first occurrence. Throws where the text isn't there: then the mistake was not put back. */
  async replace(file: string, before: string | RegExp, after: string) {
    const at = path.join(this.dir, file);
    const text = await readFile(at, 'utf8');
    const changed = text.replace(before, after);
    if (changed === text) {
      throw new Error(`${file} has no ${before}`);
    }
    await writeFile(at, changed);
  }

  /** Writes a new file. */
  async add(file: string, text: string) {
    await writeFile(path.join(this.dir, file), text);
  }

  /** Removes a file. */
  async delete(file: string) {
    if (!existsSync(path.join(this.dir, file))) {
      throw new Error(`there is no ${file}`);
    }
    await rm(path.join(this.dir, file));
  }

  async remove(): Promise<void> {
    await rm(this.dir, { recursive: true, force: true });
  }
}
