import { setTimeout as sleep } from 'node:timers/promises';
import { Kubectl, kubectlOrThrow } from '../kubectl';

/**
 * Not the portal's own field manager: an apply takes away what the same
 * manager applied before and leaves out now, such as the signing keys that the
 * portal publishes in a ConfigMap of the platform's.
 */
const FIELD_MANAGER = 'llm-platform-installer';

/**
 * Applies a kustomize directory by server-side apply. Namespaces and what
 * lives in them come from one directory, so a first try may be too early for
 * objects whose namespace was just made; it is tried again.
 *
 * @public
 */
export async function applyPlatform(options: {
  kubectl: Kubectl;
  overlay: string;
}): Promise<void> {
  const args = [
    'apply',
    '-k',
    options.overlay,
    '--server-side',
    `--field-manager=${FIELD_MANAGER}`,
    '--force-conflicts',
  ];
  const first = await options.kubectl(args);
  if (first.code !== 0) {
    await kubectlOrThrow(options.kubectl, args);
  }
}

/** Waits until a Deployment is rolled out. @public */
export async function waitForDeployment(options: {
  kubectl: Kubectl;
  namespace: string;
  name: string;
  timeoutSeconds: number;
}): Promise<void> {
  await kubectlOrThrow(options.kubectl, [
    'rollout',
    'status',
    `deployment/${options.name}`,
    `--namespace=${options.namespace}`,
    `--timeout=${options.timeoutSeconds}s`,
  ]);
}

/** How long the gateway may take from its rollout to its first answer. */
const GATEWAY_TIMEOUT_MS = 30_000;

/**
 * Waits until the gateway answers where the portal and curl will ask it: a
 * rollout may still be the one from before a restart.
 *
 * @public
 */
export async function waitForGateway(
  url: string,
  signal: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + GATEWAY_TIMEOUT_MS;
  for (;;) {
    try {
      const response = await fetch(`${url}/ready`, {
        signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
      });
      await response.arrayBuffer();
      if (response.ok) {
        return;
      }
    } catch {
      signal.throwIfAborted();
    }
    if (Date.now() > deadline) {
      throw new Error(
        `The gateway did not answer at ${url}/ready within ${
          GATEWAY_TIMEOUT_MS / 1000
        } s`,
      );
    }
    await sleep(200);
  }
}
