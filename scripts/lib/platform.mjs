import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from './errors.mjs';
import { repoDir } from './paths.mjs';

/** Applies the platform to a cluster of the user's, with his own rights. */
export async function applyToContext(
  children,
  { context, kubeconfig },
  report,
) {
  const dev = path.join(repoDir, 'packages/platform/overlays/dev');
  const kustomization = existsSync(dev)
    ? dev
    : path.join(repoDir, 'packages/platform/base');
  report(`Applying ${path.relative(repoDir, kustomization)} to ${context}`);
  try {
    await children.run(
      'platform',
      'kubectl',
      [
        '--context',
        context,
        'apply',
        '-k',
        kustomization,
        '--server-side',
        '--field-manager=llm-platform-installer',
        '--force-conflicts',
      ],
      { env: { ...process.env, KUBECONFIG: kubeconfig } },
    );
  } catch (error) {
    throw new UserError(
      `The platform could not be applied to ${context}:\n${
        error.tail ?? error.message
      }`,
      `Your user needs the right to make namespaces, roles and workloads there. The whole log: ${error.logFile}`,
    );
  }
}
