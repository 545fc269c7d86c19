import { KubeConfig } from '@kubernetes/client-node';

/**
 * The file that `KUBECONFIG` names, else the pod's service account.
 *
 * @public
 */
export function loadKubeConfig(file: string | undefined): KubeConfig {
  const kubeConfig = new KubeConfig();
  if (file) {
    kubeConfig.loadFromFile(file);
  } else {
    kubeConfig.loadFromCluster();
  }
  return kubeConfig;
}
