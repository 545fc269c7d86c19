import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

/** The programs that pods run, by the name of their bundle. */
const PROGRAMS: Record<string, string> = {
  gateway: 'services/gateway/src/main.ts',
  'model-server': 'packages/dev-cluster/src/model-server/main.ts',
};

/** Native modules can't be bundled: they are found in the repository. */
const EXTERNAL = ['node-llama-cpp'];

/** @public */
export interface BundleOptions {
  repoDir: string;
  cacheDir: string;
}

/**
 * Bundles what the embedded cluster runs into one file each: its "images". A
 * directory is named for its content, so a pod keeps what it was started with.
 *
 * @public
 */
export async function buildBundles(options: BundleOptions): Promise<string> {
  const { repoDir, cacheDir } = options;
  const result = await build({
    absWorkingDir: repoDir,
    entryPoints: Object.fromEntries(
      Object.entries(PROGRAMS).map(([name, file]) => [
        name,
        path.join(repoDir, file),
      ]),
    ),
    outdir: 'out',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    external: EXTERNAL,
    // Modules written for ESM ask for their own URL.
    define: { 'import.meta.url': 'importMetaUrl' },
    banner: {
      js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;",
    },
    write: false,
    logLevel: 'silent',
  });

  const hash = createHash('sha256').update(repoDir);
  for (const file of result.outputFiles) {
    hash.update(path.basename(file.path)).update(file.contents);
  }
  const key = hash.digest('hex').slice(0, 16);
  const dir = path.join(cacheDir, 'images', key);
  if (existsSync(dir)) {
    return dir;
  }
  const work = `${dir}.building-${process.pid}`;
  await mkdir(work, { recursive: true });
  for (const file of result.outputFiles) {
    await writeFile(path.join(work, path.basename(file.path)), file.contents);
  }
  await symlink(
    path.join(repoDir, 'node_modules'),
    path.join(work, 'node_modules'),
  );
  try {
    await rename(work, dir);
  } catch (error) {
    await rm(work, { recursive: true, force: true });
    if (!existsSync(dir)) {
      throw error;
    }
  }
  return dir;
}
