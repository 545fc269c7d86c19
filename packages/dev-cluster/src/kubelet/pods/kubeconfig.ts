import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';

/**
 * Writes the kubeconfig of a pod's service account: its token's file is
 * renewed in place, so clients must read it again and again, as in a cluster.
 *
 * @public
 */
export function writePodKubeconfig(options: {
  file: string;
  server: string;
  ca: string;
  namespace: string;
  serviceAccountDir: string;
}): string {
  const { file, server, ca, namespace, serviceAccountDir } = options;
  writeFileSync(
    file,
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'embedded',
          cluster: {
            server,
            'certificate-authority-data': Buffer.from(ca).toString('base64'),
          },
        },
      ],
      users: [
        {
          name: 'pod',
          user: { tokenFile: path.join(serviceAccountDir, 'token') },
        },
      ],
      contexts: [
        {
          name: 'pod',
          context: { cluster: 'embedded', user: 'pod', namespace },
        },
      ],
      'current-context': 'pod',
    }),
    { mode: 0o600 },
  );
  return file;
}
