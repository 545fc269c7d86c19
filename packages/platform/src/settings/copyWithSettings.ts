import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseDocument } from 'yaml';
import type { PlatformSettings } from './checkSettings';

/** What of packages/platform kustomize doesn't read. */
const PROGRAMS = ['node_modules', 'src', 'tools'];

/** The one file of settings, from packages/platform. @public */
export const SETTINGS_FILE = path.join('settings', 'settings.yaml');

/**
 * Copies the manifests and fills in the settings, so that an overlay can be
 * rendered whose settings nobody has filled in yet, or others than these.
 *
 * @public
 */
export async function copyWithSettings(options: {
  /** packages/platform. */
  platformDir: string;
  settings: PlatformSettings;
  /** An empty directory, or one that is made. */
  into: string;
}): Promise<void> {
  const { platformDir, settings, into } = options;
  await cp(platformDir, into, {
    recursive: true,
    filter: source => !PROGRAMS.includes(path.relative(platformDir, source)),
  });
  const file = path.join(into, SETTINGS_FILE);
  const document = parseDocument(await readFile(file, 'utf8'));
  document.set('data', { ...settings });
  await writeFile(file, document.toString());
}
