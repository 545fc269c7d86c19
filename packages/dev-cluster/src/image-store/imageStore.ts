import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import {
  ImageReference,
  canonicalImage,
  parseImage,
} from '../kubelet/images/reference';
import { readDockerfile } from './dockerfile';
import { BuildContext, layOut } from './layOut';

/** How an image's program is started. */
export interface ImageConfig {
  workingDir: string;
  env: Record<string, string>;
  entrypoint: string[];
  cmd: string[];
}

/** An image in the store. @public */
export interface StoredImage {
  /** `sha256:` and the hash of its files and configuration. */
  digest: string;
  /** Its files, as the root of a container would have them. */
  rootDir: string;
  config: ImageConfig;
}

/** @public */
export interface BuildOptions {
  /** Text of the Dockerfile. */
  dockerfile: string;
  context: BuildContext;
  /** `name:tag`. */
  tag: string;
}

/**
 * Images built from local folders, in place of a registry. Each is a directory
 * named for its content with exactly the files that its Dockerfile copies.
 *
 * @public
 */
export class ImageStore {
  private readonly blobs: string;
  private readonly tags: string;

  constructor(dir: string) {
    this.blobs = path.join(dir, 'blobs');
    this.tags = path.join(dir, 'tags');
  }

  /**
   * Builds an image and gives it its tag, taking that from an earlier one.
   *
   * @throws DockerfileError, MissingFileError, InvalidImageNameError, or an
   * Error where the tag isn't an exact one.
   */
  async build(options: BuildOptions): Promise<StoredImage> {
    const reference = exactTag(options.tag);
    const dockerfile = readDockerfile(options.dockerfile);
    const { workingDir, env, entrypoint, cmd } = dockerfile;
    const config: ImageConfig = { workingDir, env, entrypoint, cmd };
    await mkdir(this.blobs, { recursive: true });
    const work = await mkdtemp(path.join(this.blobs, '.building-'));
    try {
      const rootDir = path.join(work, 'rootfs');
      await layOut(dockerfile, options.context, rootDir);
      const text = JSON.stringify(config);
      await writeFile(path.join(work, 'config.json'), text);
      const hash = hashOf(rootDir, text);
      const blob = path.join(this.blobs, hash);
      if (!existsSync(blob)) {
        await rename(work, blob);
      }
      await this.writeTag(canonicalImage(reference), hash);
      return this.read(hash)!;
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  }

  /** The image of a tag or a digest. */
  find(reference: ImageReference): StoredImage | undefined {
    const { digest } = reference;
    if (digest !== undefined) {
      return this.read(digest.replace(/^sha256:/, ''));
    }
    try {
      const file = this.tagFile(canonicalImage(reference));
      return this.read(readFileSync(file, 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** Every tag, in order. */
  list(): Array<{ tag: string; digest: string }> {
    return this.tagFiles()
      .map(name => ({
        tag: decodeURIComponent(name),
        digest: `sha256:${readFileSync(path.join(this.tags, name), 'utf8')}`,
      }))
      .sort((a, b) => a.tag.localeCompare(b.tag));
  }

  /** Takes a tag away; false where there was none. */
  async remove(tag: string): Promise<boolean> {
    const file = this.tagFile(canonicalImage(parseImage(tag)));
    const known = existsSync(file);
    await rm(file, { force: true });
    return known;
  }

  /** Removes the images without a tag. Only while none of them runs. */
  async prune(): Promise<void> {
    const used = new Set(this.list().map(({ digest }) => digest.slice(7)));
    for (const name of await readdir(this.blobs).catch(() => [])) {
      if (!used.has(name)) {
        await rm(path.join(this.blobs, name), { recursive: true, force: true });
      }
    }
  }

  private read(hash: string): StoredImage | undefined {
    const dir = path.join(this.blobs, hash);
    try {
      return {
        digest: `sha256:${hash}`,
        rootDir: path.join(dir, 'rootfs'),
        config: JSON.parse(readFileSync(path.join(dir, 'config.json'), 'utf8')),
      };
    } catch {
      return undefined;
    }
  }

  private async writeTag(name: string, hash: string): Promise<void> {
    await mkdir(this.tags, { recursive: true });
    const file = this.tagFile(name);
    // Read by a running cluster: it never sees half of it.
    const next = path.join(this.blobs, `.tag-${process.pid}-${hash}`);
    await writeFile(next, hash);
    await rename(next, file);
  }

  private tagFile(name: string): string {
    return path.join(this.tags, encodeURIComponent(name));
  }

  private tagFiles(): string[] {
    return existsSync(this.tags) ? readdirSync(this.tags) : [];
  }
}

function exactTag(tag: string): ImageReference {
  const reference = parseImage(tag);
  if (reference.digest !== undefined || reference.name !== tag) {
    throw new Error(
      `An image is built under a name and a tag, such as llm-platform/my-api:1.0, not ${tag}`,
    );
  }
  return reference;
}

function hashOf(rootDir: string, config: string): string {
  const hash = createHash('sha256').update(config);
  for (const name of readdirSync(rootDir, {
    recursive: true,
    encoding: 'utf8',
    withFileTypes: true,
  })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name))
    .sort()) {
    hash.update(`\0${path.relative(rootDir, name)}\0`);
    hash.update(readFileSync(name));
  }
  return hash.digest('hex');
}
