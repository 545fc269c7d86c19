import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ImageStore, StoredImage } from '../image-store';
import { imageStoreDir } from '../paths';

/** `image build`: into the store of one cluster, running or not. */
export async function buildImage(options: {
  stateDir: string;
  folder: string;
  tag: string;
  /** The Dockerfile; the folder's own by default. */
  file?: string;
}): Promise<StoredImage> {
  const { folder, tag } = options;
  const file = options.file ?? path.join(folder, 'Dockerfile');
  const dockerfile = await readFile(file, 'utf8').catch(() => {
    throw new Error(`There is no Dockerfile at ${file}`);
  });
  return new ImageStore(imageStoreDir(options.stateDir)).build({
    dockerfile,
    context: { dir: folder },
    tag,
  });
}

/** `image ls`: a line for each. */
export function listImages(stateDir: string): string {
  return new ImageStore(imageStoreDir(stateDir))
    .list()
    .map(({ tag, digest }) => `${tag} ${digest}\n`)
    .join('');
}

/** `image rm` */
export async function removeImage(
  stateDir: string,
  tag: string,
): Promise<void> {
  const store = new ImageStore(imageStoreDir(stateDir));
  if (!(await store.remove(tag))) {
    throw new Error(`There is no image ${tag}`);
  }
}
