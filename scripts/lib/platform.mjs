import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { UserError } from './errors.mjs';
import { repoDir } from './paths.mjs';

const OVERLAY = 'packages/platform/overlays/dev';
const SETTINGS = 'packages/platform/settings/settings.yaml';

/** Applies the platform to a cluster of the user's, with his own rights. */
export async function applyToContext(
  children,
  { context, kubeconfig },
  report,
) {
  const kubectl = (...args) =>
    children.run('platform', 'kubectl', ['--context', context, ...args], {
      env: { ...process.env, KUBECONFIG: kubeconfig },
    });
  report(`Applying ${OVERLAY} to ${context}`);
  try {
    await kubectl(
      'apply',
      '-k',
      path.join(repoDir, OVERLAY),
      '--server-side',
      '--field-manager=llm-platform-installer',
      '--force-conflicts',
    );
  } catch (error) {
    throw new UserError(
      `The platform could not be applied to ${context}:\n${
        error.tail ?? error.message
      }`,
      remedy(error),
    );
  }
  await makeGrafanaSecret(kubectl);
}

function remedy({ tail = '', logFile }) {
  return tail.includes('platform-settings')
    ? `Fill in ${SETTINGS}: the registry that has the images, and the domain.`
    : `Your user needs the right to make namespaces, roles and workloads there. The whole log: ${logFile}`;
}

/** A random password for Grafana's administrator, where there is none yet. */
async function makeGrafanaSecret(kubectl) {
  const name = ['grafana-secrets', '--namespace=observability'];
  try {
    await kubectl('get', 'secret', ...name, '--output=name');
    return;
  } catch {
    // There is none.
  }
  // By a file: everyone on this machine can read the arguments of a process.
  const dir = await mkdtemp(path.join(tmpdir(), 'llmp-secret-'));
  try {
    const file = path.join(dir, 'admin-password');
    await writeFile(file, randomBytes(24).toString('base64url'), {
      mode: 0o600,
    });
    await kubectl(
      'create',
      'secret',
      'generic',
      ...name,
      `--from-file=admin-password=${file}`,
    );
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
