import { ForwardedError } from '@backstage/errors';
import { KubeConfig } from '@kubernetes/client-node';
import { stat } from 'node:fs/promises';

/** One kubeconfig file, read again when it changes. */
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
      throw new ForwardedError('The kubeconfig file is not there', error);
    });
    const loaded = this.#loaded;
    if (loaded?.mtimeMs === mtimeMs && loaded.size === size) {
      return loaded.config;
    }
    const config = new KubeConfig();
    try {
      config.loadFromFile(this.#path);
      if (this.#context) {
        config.setCurrentContext(this.#context);
      }
    } catch (error) {
      throw new ForwardedError('The kubeconfig file cannot be read', error);
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
