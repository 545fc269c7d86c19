import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { platformDir } from '../embedded';
import { FileTree, readTree } from '../references';
import {
  PlatformSettings,
  SETTINGS_FILE,
  checkSettings,
  copyWithSettings,
} from '../settings';

/** What kustomize reads, and nothing else. */
export const MANIFEST_DIRECTORIES = [
  'base',
  'components',
  'dashboards',
  'overlays',
  'policies',
  'settings',
];

/** Such as an installation has, for what nobody has filled in. */
const SETTINGS: PlatformSettings = {
  registry: '388691194728.dkr.ecr.us-west-2.amazonaws.com/llm-platform',
  domain: 'llm.acme.net',
};

/** A copy of the manifests that can be rendered, and changed by a test. */
export class Manifests {
  private constructor(readonly dir: string) {}

  static async copy(): Promise<Manifests> {
    const dir = await mkdtemp(path.join(tmpdir(), 'llmp-manifests-'));
    const { settings } = checkSettings(await committedSettings());
    await copyWithSettings({
      platformDir: platformDir(),
      settings: { ...SETTINGS, ...settings },
      into: dir,
    });
    return new Manifests(dir);
  }

  /** dev, embedded, prod, staging. */
  get overlays(): string[] {
    return readdirSync(path.join(this.dir, 'overlays')).sort();
  }

  overlayDir(name: string): string {
    return path.join(this.dir, 'overlays', name);
  }

  files(): FileTree {
    return readTree(this.dir, MANIFEST_DIRECTORIES);
  }

  async remove(): Promise<void> {
    await rm(this.dir, { recursive: true, force: true });
  }
}

/** What settings.yaml says, as it lies in this clone. */
export function committedSettings(): Promise<string> {
  return readFile(path.join(platformDir(), SETTINGS_FILE), 'utf8');
}

/** Files of the manifests that something else than kustomize reads. */
export function isReadOtherwise(file: string): boolean {
  return (
    file.startsWith('policies/fixtures/') ||
    /^overlays\/[^/]+\/outside\.yaml$/.test(file) ||
    file.endsWith('.md')
  );
}
