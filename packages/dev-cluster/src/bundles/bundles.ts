import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { build, stop } from 'esbuild';
import { ImageStore } from '../image-store';
import { readPlatformImages } from './platformImages';

const MODEL_SERVER = 'model-server';

/** Native modules can't be bundled: they are found in the repository. */
const EXTERNAL = ['node-llama-cpp'];

/** @public */
export interface BundleOptions {
  repoDir: string;
  cacheDir: string;
}

/** Where the images of the platform's services are. */
export function platformStoreDir(imagesDir: string): string {
  return path.join(imagesDir, 'store');
}

/**
 * Bundles what the embedded cluster runs: the model server, and the services
 * as images, laid out as their Dockerfiles say. The directory is named for its
 * content, so a pod keeps what it was started with.
 *
 * @public
 */
export async function buildBundles(options: BundleOptions): Promise<string> {
  const { repoDir, cacheDir } = options;
  const images = readPlatformImages(repoDir);
  const entries = [
    [MODEL_SERVER, 'packages/dev-cluster/src/model-server/main.ts'],
    ...images.map(({ service }) => [
      service,
      `services/${service}/src/main.ts`,
    ]),
  ];
  const { outputFiles } = await build({
    absWorkingDir: repoDir,
    entryPoints: Object.fromEntries(
      entries.map(([name, file]) => [name, path.join(repoDir, file)]),
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
  // Its process would keep half a gigabyte for as long as the cluster runs.
  await stop();
  const dockerfiles = await Promise.all(
    images.map(({ service }) =>
      readFile(path.join(repoDir, 'services', service, 'Dockerfile'), 'utf8'),
    ),
  );

  const hash = createHash('sha256').update(repoDir);
  for (const file of outputFiles) {
    hash.update(path.basename(file.path)).update(file.contents);
  }
  hash.update(JSON.stringify([images, dockerfiles]));
  const key = hash.digest('hex').slice(0, 16);
  const dir = path.join(cacheDir, 'images', key);
  if (existsSync(dir)) {
    return dir;
  }
  const work = `${dir}.building-${process.pid}`;
  for (const file of outputFiles) {
    const name = path.basename(file.path, '.cjs');
    await mkdir(path.join(work, name), { recursive: true });
    await writeFile(path.join(work, name, 'main.cjs'), file.contents);
  }
  // Beside the model server alone: nothing above a service's image may help it.
  await symlink(
    path.join(repoDir, 'node_modules'),
    path.join(work, MODEL_SERVER, 'node_modules'),
  );
  const store = new ImageStore(platformStoreDir(work));
  for (const [index, { service, name, tag }] of images.entries()) {
    await store.build({
      dockerfile: dockerfiles[index],
      context: {
        dir: path.join(repoDir, 'services'),
        // Bundled here instead of by the service's own build.
        outputs: {
          [`${service}/dist/main.cjs`]: path.join(work, service, 'main.cjs'),
        },
      },
      tag: `${name}:${tag}`,
    });
  }
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
