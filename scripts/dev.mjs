// yarn dev: the portal with hot reload, for contributors. Pages on port 3000,
// the backend on 7007, the embedded cluster as with npm start.
import path from 'node:path';
import { startClusterProcess } from './lib/clusterProcess.mjs';
import { buildControlPlane, getModelFile } from './lib/clusterFiles.mjs';
import { reportFailure } from './lib/errors.mjs';
import { writeGpuProfiles } from './lib/gpuProfiles.mjs';
import { install } from './lib/install.mjs';
import { findContext } from './lib/kubeContexts.mjs';
import { ensureNode, nodeEnv } from './lib/nodeRuntime.mjs';
import { numberOption, readOptions } from './lib/options.mjs';
import { say } from './lib/output.mjs';
import { repoDir } from './lib/paths.mjs';
import { checkPortFree } from './lib/ports.mjs';
import { writePortalConfig } from './lib/portalConfig.mjs';
import { checkPrerequisites } from './lib/prerequisites.mjs';
import { withSession } from './lib/session.mjs';
import { Steps } from './lib/steps.mjs';

const USAGE = `yarn dev [options]

The portal with hot reload: pages at http://localhost:3000, backend on 7007.

  --context NAME   a context of your kubeconfig (read only) instead of the
                   embedded cluster
  --instance N     which embedded cluster (0 to 9)
  --reset          throw the portal's and the cluster's data away first
  --help           this text`;

const BACKEND_PORT = 7007;
const APP_PORT = 3000;

async function main() {
  const options = readOptions(USAGE, {
    context: { type: 'string' },
    instance: { type: 'string' },
    reset: { type: 'boolean' },
  });
  const instance = numberOption('instance', options.instance ?? '0', 0, 9);
  const external =
    options.context === undefined
      ? undefined
      : { ...(await findContext(options.context)), readOnly: true };
  await checkPrerequisites({ embedded: !external });

  await withSession(
    { instance, reset: options.reset ?? false },
    async (session, stopped) => {
      const { children, portalDir, stateDir } = session;
      await checkPortFree(BACKEND_PORT);
      await checkPortFree(APP_PORT);
      children.refuseWhenStopping();
      const bootstrapFile = path.join(portalDir, 'bootstrap.json');
      const generated = writePortalConfig({
        portalDir,
        port: BACKEND_PORT,
        appPort: APP_PORT,
        instance,
        external,
        bootstrapFile,
      });
      const steps = new Steps(
        bootstrapFile,
        [
          { id: 'node', title: 'Node 22' },
          { id: 'install', title: 'Packages' },
          { id: 'control-plane-build', title: 'Control plane programs' },
          { id: 'model-file', title: 'Model file' },
          { id: 'control-plane', title: 'Kubernetes control plane' },
          { id: 'nodes', title: 'Nodes' },
          { id: 'platform', title: 'Platform' },
          { id: 'gateway', title: 'Gateway' },
          { id: 'prometheus', title: 'Prometheus', background: true },
        ],
        () => children.stopping,
      );
      const node = await steps.run('node', report =>
        ensureNode(children, report),
      );
      await steps.run('install', report => install(children, node, report));

      const portal = children.run(
        'dev',
        node.binary,
        [
          path.join(repoDir, 'node_modules/@backstage/cli/bin/backstage-cli'),
          'repo',
          'start',
          ...[
            path.join(repoDir, 'app-config.yaml'),
            path.join(repoDir, 'app-config.embedded.yaml'),
            ...(external ? [] : [await writeGpuProfiles(node, portalDir)]),
            generated,
          ].flatMap(file => ['--config', file]),
        ],
        {
          cwd: repoDir,
          env: { ...nodeEnv(node), NODE_ENV: 'development' },
          onLine: line => process.stdout.write(`${line}\n`),
        },
      );
      const cluster = async () => {
        if (external || session.detachedCluster) {
          return;
        }
        await steps.run('control-plane-build', report =>
          buildControlPlane(children, node, report),
        );
        await steps.run('model-file', report =>
          getModelFile(children, node, report),
        );
        await startClusterProcess(children, node, {
          instance,
          stateDir,
          onStep: step => steps.update(step.id, step),
        });
        say(`Pages with hot reload: http://localhost:${APP_PORT}`);
      };
      cluster().catch(error => !children.stopping && say(error.message));
      await Promise.race([portal, stopped]);
    },
  );
}

main().catch(reportFailure);
