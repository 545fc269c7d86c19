import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Remembers on the pod's own cache volume that a simulated download is done,
 * so that only a first start on an empty volume "downloads", as with vLLM.
 */
export interface DownloadMarker {
  exists(): Promise<boolean>;
  write(): Promise<void>;
}

/**
 * The marker for a model in the Hugging Face cache that flag or environment
 * name. Without either nothing is remembered: the stand-in must not write to
 * the home of whoever runs it.
 */
export function downloadMarker(
  model: string,
  downloadDir: string | undefined,
  env: NodeJS.ProcessEnv,
): DownloadMarker {
  const root =
    downloadDir ??
    env.HF_HUB_CACHE ??
    (env.HF_HOME === undefined ? undefined : path.join(env.HF_HOME, 'hub'));
  if (root === undefined) {
    return { exists: async () => false, write: async () => {} };
  }
  const folder = path.join(root, `models--${model.replace(/[^\w.-]/g, '--')}`);
  const file = path.join(folder, 'llm-platform-simulated.txt');
  return {
    async exists() {
      return access(file).then(
        () => true,
        () => false,
      );
    },
    async write() {
      await mkdir(folder, { recursive: true });
      await writeFile(
        file,
        'The embedded cluster only plays this download: no weights here.\n',
      );
    },
  };
}
