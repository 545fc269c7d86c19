import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { outputOf } from './commands.mjs';
import { nodeEnv } from './nodeRuntime.mjs';
import { repoDir } from './paths.mjs';

/**
 * Writes the GPU profiles of the embedded cluster's declared node groups as a
 * Backstage config file, and returns its path. They are TypeScript, so the
 * packages have to be installed.
 */
export async function writeGpuProfiles(node, portalDir) {
  const text = await outputOf(
    node.binary,
    [
      '--import',
      pathToFileURL(path.join(repoDir, 'node_modules/tsx/dist/loader.mjs'))
        .href,
      path.join(
        repoDir,
        'packages/platform/src/declarations/gpuProfiles.main.ts',
      ),
    ],
    { cwd: repoDir, env: nodeEnv(node) },
  );
  if (text === undefined) {
    throw new Error('The declared node groups could not be read.');
  }
  const file = path.join(portalDir, 'app-config.gpu-profiles.yaml');
  const config = { llmPlatform: { gpuProfiles: JSON.parse(text) } };
  writeFileSync(file, `${JSON.stringify(config, undefined, 2)}\n`, {
    mode: 0o600,
  });
  return file;
}
