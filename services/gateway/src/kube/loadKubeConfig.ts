import { readFileSync } from 'node:fs';
import path from 'node:path';
import { KubeConfig, loadYaml } from '@kubernetes/client-node';

interface KubeconfigFile {
  users?: Array<{ name?: string; user?: { tokenFile?: string } }>;
}

/**
 * The file that `KUBECONFIG` names, else the pod's service account.
 *
 * The client doesn't know kubeconfig's `tokenFile`; its own provider for
 * service accounts does the same and reads the file again as it is renewed.
 *
 * @public
 */
export function loadKubeConfig(file: string | undefined): KubeConfig {
  const kubeConfig = new KubeConfig();
  if (!file) {
    kubeConfig.loadFromCluster();
    return kubeConfig;
  }
  kubeConfig.loadFromFile(file);
  const { users = [] } = loadYaml<KubeconfigFile>(readFileSync(file, 'utf8'));
  const tokenFiles = new Map(
    users.map(entry => [entry.name, entry.user?.tokenFile]),
  );
  kubeConfig.users = kubeConfig.users.map(user => {
    const tokenFile = tokenFiles.get(user.name);
    return tokenFile
      ? {
          ...user,
          authProvider: {
            name: 'tokenFile',
            config: { tokenFile: path.resolve(path.dirname(file), tokenFile) },
          },
        }
      : user;
  });
  return kubeConfig;
}
