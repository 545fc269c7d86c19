import { setTimeout as sleep } from 'node:timers/promises';
import type { EmbeddedCluster } from '../embedded';

const TIMEOUT_MS = 60_000;
/** Namespaces in which the policies can be tried. */
export const TEAM_NAMESPACE = 'quant';
export const NODE_AGENTS_NAMESPACE = 'node-agents';

const NAMESPACES = `
apiVersion: v1
kind: Namespace
metadata:
  name: ${TEAM_NAMESPACE}
  labels: { llm-platform.dev/team: quant }
---
apiVersion: v1
kind: Namespace
metadata:
  name: ${NODE_AGENTS_NAMESPACE}
  labels:
    llm-platform.dev/team: platform
    pod-security.kubernetes.io/enforce: privileged
`;

/**
 * Applies the policies and waits until the API server enforces each: it
 * learns of them by watching, a moment after they were written.
 *
 * @param refused - for each policy an object that it must refuse, as YAML
 */
export async function activatePolicies(
  cluster: EmbeddedCluster,
  options: { dir: string; refused: string[] },
): Promise<void> {
  await cluster.kubectlOrThrow(
    ['apply', '--server-side', '--force-conflicts', '-f', '-'],
    NAMESPACES,
  );
  await cluster.kubectlOrThrow(['apply', '--server-side', '-k', options.dir]);
  const deadline = Date.now() + TIMEOUT_MS;
  for (const object of options.refused) {
    while ((await dryRun(cluster, object)).code === 0) {
      if (Date.now() > deadline) {
        throw new Error(`No policy refuses this:\n${object}`);
      }
      await sleep(250);
    }
  }
}

/** What the API server says of objects without making them. */
export function dryRun(cluster: EmbeddedCluster, objects: string) {
  return cluster.kubectl(
    [
      'apply',
      '--server-side',
      '--dry-run=server',
      '--force-conflicts',
      '--validate=strict',
      '-f',
      '-',
    ],
    objects,
  );
}
