import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeKubeconfig } from '../control-plane';
import { Kubectl, kubectlOrThrow } from '../kubectl';

const NAMESPACE = 'platform';
const SERVICE_ACCOUNT = 'llm-platform-portal';
const LIFETIME_MS = 24 * 60 * 60 * 1000;
/** Compared with the wall clock: a laptop that slept notices at once. */
const CHECK_EVERY_MS = 60 * 1000;

/** @public */
export interface PortalIdentity {
  kubeconfig: string;
  stop(): void;
}

/**
 * Gives the portal a kubeconfig for its own service account, and renews the
 * token behind it long before it runs out.
 *
 * @public
 */
export async function keepPortalIdentity(options: {
  stateDir: string;
  apiserver: string;
  ca: string;
  kubectl: Kubectl;
  onProgress?(line: string): void;
}): Promise<PortalIdentity> {
  const { kubectl, onProgress } = options;
  const dir = path.join(options.stateDir, 'portal');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const credentialFile = path.join(dir, 'credential.json');
  const kubeconfig = path.join(dir, 'kubeconfig');

  let renewAt = 0;
  const renew = async () => {
    const token = await kubectlOrThrow(kubectl, [
      'create',
      'token',
      SERVICE_ACCOUNT,
      `--namespace=${NAMESPACE}`,
      `--duration=${LIFETIME_MS / 1000}s`,
    ]);
    renewAt = Date.now() + LIFETIME_MS / 2;
    // Clients look again once this has passed: the token is renewed before.
    const expirationTimestamp = new Date(
      renewAt + 2 * CHECK_EVERY_MS,
    ).toISOString();
    writeFileSync(
      `${credentialFile}.tmp`,
      JSON.stringify({
        apiVersion: 'client.authentication.k8s.io/v1',
        kind: 'ExecCredential',
        status: { token: token.trim(), expirationTimestamp },
      }),
      { mode: 0o600 },
    );
    renameSync(`${credentialFile}.tmp`, credentialFile);
  };
  await renew();
  writeKubeconfig({
    file: kubeconfig,
    context: 'portal',
    server: options.apiserver,
    ca: options.ca,
    user: { credentialFile },
  });

  const timer = setInterval(() => {
    if (Date.now() >= renewAt) {
      renew().catch(error =>
        onProgress?.(
          `The portal's token could not be renewed, trying again: ${error.message}`,
        ),
      );
    }
  }, CHECK_EVERY_MS);
  timer.unref();
  return { kubeconfig, stop: () => clearInterval(timer) };
}
