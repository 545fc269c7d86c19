import { KubeConfig } from '@kubernetes/client-node';
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';

/**
 * One kubeconfig file, read again when it changes. Its errors end up on pages, so what names a path stays in `cause`.
 */
export class KubeConfigFile {
  readonly #path: string;
  readonly #context: string | undefined;
  #loaded: { mtimeMs: number; size: number; config: KubeConfig } | undefined;

  static create(options: { path: string; context?: string }): KubeConfigFile {
    return new KubeConfigFile(options.path, options.context);
  }

  private constructor(path: string, context: string | undefined) {
    this.#path = path;
    this.#context = context;
  }

  async read(): Promise<KubeConfig> {
    const { mtimeMs, size } = await stat(this.#path).catch(error => {
      throw new Error('The kubeconfig file is not there', { cause: error });
    });
    const loaded = this.#loaded;
    if (loaded?.mtimeMs === mtimeMs && loaded.size === size) {
      return loaded.config;
    }
    const config = new KubeConfig();
    try {
      config.loadFromFile(this.#path);
      useTokenFiles(config, await readFile(this.#path, 'utf8'), this.#path);
      if (this.#context) {
        config.setCurrentContext(this.#context);
      }
    } catch (error) {
      throw new Error('The kubeconfig file cannot be read', { cause: error });
    }
    if (!config.getCurrentCluster()) {
      throw new Error(
        `The kubeconfig file has no cluster for the context '${config.getCurrentContext()}'`,
      );
    }
    this.#loaded = { mtimeMs, size, config };
    return config;
  }
}

/**
 * client-node drops a user's `tokenFile`, and would then ask anonymously. It does read token files, again every minute,
 * under the name it uses inside a pod.
 */
function useTokenFiles(config: KubeConfig, text: string, path: string): void {
  const { users = [] } = parse(text) as {
    users?: Array<{ name: string; user?: { tokenFile?: string } }>;
  };
  for (const { name, user } of users) {
    const loaded = config.users.find(candidate => candidate.name === name);
    if (loaded && user?.tokenFile && !loaded.token) {
      Object.assign(loaded, {
        authProvider: {
          name: 'tokenFile',
          config: { tokenFile: resolve(dirname(path), user.tokenFile) },
        },
      });
    }
  }
}
