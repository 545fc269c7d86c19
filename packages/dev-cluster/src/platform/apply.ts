import { Kubectl, kubectlOrThrow } from '../kubectl';

/** The field manager of everything the portal and its launcher write. */
const FIELD_MANAGER = 'llm-platform-portal';

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
