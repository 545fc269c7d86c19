import { renameSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';

/**
 * Whom a kubeconfig speaks for: a client certificate, or the ExecCredential in
 * a file that is renewed. (A plain `tokenFile` is not read by the JavaScript
 * client.)
 *
 * @public
 */
export type KubeconfigUser =
  | { cert: string; key: string }
  | { credentialFile: string };

/** Writes a kubeconfig with one context, readable by its owner only. @public */
export function writeKubeconfig(options: {
  file: string;
  context: string;
  server: string;
  ca: string;
  user: KubeconfigUser;
}): void {
  const { file, context, server, ca, user } = options;
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'embedded',
        cluster: { server, 'certificate-authority-data': base64(ca) },
      },
    ],
    users: [
      {
        name: context,
        user:
          'credentialFile' in user
            ? {
                exec: {
                  apiVersion: 'client.authentication.k8s.io/v1',
                  command: 'cat',
                  args: [user.credentialFile],
                  interactiveMode: 'Never',
                },
              }
            : {
                'client-certificate-data': base64(user.cert),
                'client-key-data': base64(user.key),
              },
      },
    ],
    contexts: [
      { name: context, context: { cluster: 'embedded', user: context } },
    ],
    'current-context': context,
  };
  writeFileSync(`${file}.tmp`, stringify(config), { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
