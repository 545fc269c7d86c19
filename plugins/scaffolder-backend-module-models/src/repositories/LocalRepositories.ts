import { ConflictError, InputError } from '@backstage/errors';
import git from 'isomorphic-git';
import fs from 'node:fs';
import {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const BRANCH = 'main';
/** In a repository's folder, beside git's own files: who has made it. */
const ORIGIN = 'llm-platform.json';
/** What is made from the content, and no part of it. */
const LEFT_OUT = new Set(['.git', 'node_modules', 'dist']);
const NAME = /^[a-z0-9]([a-z0-9-]{0,126}[a-z0-9])?$/;

/** @public */
export interface PublishOptions {
  name: string;
  /** Folder whose files are the first commit. */
  content: string;
  author: { name: string; email: string };
  message: string;
  /** The run that makes it: it alone may remove it again. */
  runId: string;
}

/**
 * Bare git repositories in a folder of this machine, where there is no GitHub or GitLab.
 */
export class LocalRepositories {
  readonly #folder: string;

  static create(options: { folder: string }): LocalRepositories {
    return new LocalRepositories(options.folder);
  }

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Throws a ConflictError where there is one of the name that another run has made. */
  async requireFree(name: string, runId: string): Promise<void> {
    const origin = await this.#originOf(name);
    if (origin !== undefined && origin !== runId) {
      throw new ConflictError(
        `There is a repository '${name}' already: choose another name for the service, or have a platform engineer remove the repository`,
      );
    }
  }

  /**
   * Makes a repository with one commit, or none at all: it is made aside and appears under its name when it is whole.
   * The run that has made it gets the same answer again.
   */
  async publish(
    options: PublishOptions,
  ): Promise<{ url: string; commit: string }> {
    const { name, runId } = options;
    await this.requireFree(name, runId);
    const target = this.#path(name);
    const url = pathToFileURL(target).href;
    if ((await this.#originOf(name)) === runId) {
      const commit = await git.resolveRef({ fs, gitdir: target, ref: BRANCH });
      return { url, commit };
    }
    await mkdir(this.#folder, { recursive: true });
    const gitdir = join(this.#folder, `.${name}-${process.pid}-${Date.now()}`);
    try {
      await git.init({ fs, gitdir, bare: true, defaultBranch: BRANCH });
      const commit = await git.commit({
        fs,
        gitdir,
        ref: `refs/heads/${BRANCH}`,
        tree: await writeTree(gitdir, options.content),
        author: options.author,
        message: options.message,
      });
      await writeFile(join(gitdir, ORIGIN), JSON.stringify({ runId }));
      await rename(gitdir, target).catch(error => {
        if (['ENOTEMPTY', 'EEXIST'].includes(String(error.code))) {
          throw new ConflictError(`There is a repository '${name}' already`);
        }
        throw error;
      });
      return { url, commit };
    } finally {
      await rm(gitdir, { recursive: true, force: true });
    }
  }

  /** Removes a repository if this run has made it; false where there is none of it. */
  async removeOwn(name: string, runId: string): Promise<boolean> {
    if ((await this.#originOf(name)) !== runId) {
      return false;
    }
    await rm(this.#path(name), { recursive: true, force: true });
    return true;
  }

  /** The run that has made a repository; empty where nobody knows, `undefined` where there is none. */
  async #originOf(name: string): Promise<string | undefined> {
    const path = this.#path(name);
    if (!fs.existsSync(path)) {
      return undefined;
    }
    try {
      const { runId } = JSON.parse(
        await readFile(join(path, ORIGIN), 'utf8'),
      ) as { runId?: string };
      return runId ?? '';
    } catch {
      return '';
    }
  }

  #path(name: string): string {
    if (!NAME.test(name)) {
      throw new InputError(`'${name}' is no name for a repository`);
    }
    return join(this.#folder, `${name}.git`);
  }
}

/** Writes a folder's files into the repository; answers the id of their tree. */
async function writeTree(gitdir: string, folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const tree = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (LEFT_OUT.has(entry.name)) {
      continue;
    }
    if (entry.isDirectory()) {
      tree.push({
        mode: '040000',
        path: entry.name,
        oid: await writeTree(gitdir, path),
        type: 'tree' as const,
      });
    } else if (entry.isFile()) {
      tree.push({
        mode: '100644',
        path: entry.name,
        oid: await git.writeBlob({ fs, gitdir, blob: await readFile(path) }),
        type: 'blob' as const,
      });
    }
  }
  return git.writeTree({ fs, gitdir, tree });
}
