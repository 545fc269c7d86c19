// npm start: the portal and its embedded cluster, on a machine with nothing
// installed but Node, npm and Go.
import path from 'node:path';
import { buildApp } from './lib/appBuild.mjs';
import { startBackend } from './lib/backend.mjs';
import { startClusterProcess } from './lib/clusterProcess.mjs';
import { UserError, reportFailure } from './lib/errors.mjs';
import { install } from './lib/install.mjs';
import { writeGpuProfiles } from './lib/gpuProfiles.mjs';
import { findContext } from './lib/kubeContexts.mjs';
import { ensureNode } from './lib/nodeRuntime.mjs';
import { numberOption, readOptions } from './lib/options.mjs';
import { say, sinceStart } from './lib/output.mjs';
import { nodePortAddress, repoDir } from './lib/paths.mjs';
import { applyToContext } from './lib/platform.mjs';
import { checkPortFree } from './lib/ports.mjs';
import { writePortalConfig } from './lib/portalConfig.mjs';
import { checkPrerequisites } from './lib/prerequisites.mjs';
import {
  buildControlPlane,
  buildPrometheus,
  getModelFile,
} from './lib/clusterFiles.mjs';
import { withSession } from './lib/session.mjs';
import { Steps } from './lib/steps.mjs';

const USAGE = `npm start [-- options]

Installs, builds and starts the LLM Platform Portal with an embedded Kubernetes
cluster. The second start finds everything built, and the cluster's data.

  --context NAME       use this context of your kubeconfig instead of the
                       embedded cluster; the portal only reads from it ...
  --install-platform   ... unless this applies packages/platform to it
  --port N             the portal's port on 127.0.0.1 (7007)
  --instance N         another portal and cluster beside the first (0 to 9)
  --reset              throw the portal's and the cluster's data away first
  --help               this text

Data:  LLM_PLATFORM_HOME   (~/.local/share/llm-platform-portal)
Cache: LLM_PLATFORM_CACHE  (~/.cache/llm-platform-portal)`;

const PORTAL_STEPS = [
  { id: 'node', title: 'Node 22' },
  { id: 'install', title: 'Packages' },
  { id: 'app', title: 'Portal pages' },
  { id: 'portal', title: 'Portal' },
];
const CLUSTER_STEPS = [
  { id: 'control-plane-build', title: 'Control plane programs' },
  { id: 'model-file', title: 'Model file' },
  { id: 'control-plane', title: 'Kubernetes control plane' },
  { id: 'nodes', title: 'Nodes' },
  { id: 'platform', title: 'Platform' },
  { id: 'gateway', title: 'Gateway' },
];
/** Nobody waits for it: the portal and its models do without. */
const PROMETHEUS_STEP = {
  id: 'prometheus',
  title: 'Prometheus',
  background: true,
};

async function main() {
  const options = readOptions(USAGE, {
    context: { type: 'string' },
    'install-platform': { type: 'boolean' },
    port: { type: 'string' },
    instance: { type: 'string' },
    reset: { type: 'boolean' },
  });
  const port = numberOption('port', options.port ?? '7007', 1, 65535);
  const instance = numberOption('instance', options.instance ?? '0', 0, 9);
  const installPlatform = options['install-platform'] ?? false;
  if (installPlatform && options.context === undefined) {
    throw new UserError(
      '--install-platform goes with --context NAME: the embedded cluster has the platform already.',
    );
  }
  // What can be found wrong within a second comes before anything long.
  const external =
    options.context === undefined
      ? undefined
      : {
          ...(await findContext(options.context)),
          readOnly: !installPlatform,
        };
  await checkPrerequisites({ embedded: !external, installPlatform });

  await withSession(
    { instance, reset: options.reset ?? false },
    async (session, stopped) => {
      await checkPortFree(port);
      await start({ session, port, instance, external, installPlatform });
      await stopped;
    },
  );
}

async function start({ session, port, instance, external, installPlatform }) {
  const { children, portalDir, stateDir } = session;
  children.refuseWhenStopping();
  const bootstrapFile = path.join(portalDir, 'bootstrap.json');
  const generated = writePortalConfig({
    portalDir,
    port,
    instance,
    external,
    bootstrapFile,
  });
  const steps = new Steps(
    bootstrapFile,
    [
      ...PORTAL_STEPS,
      ...(external ? [] : [...CLUSTER_STEPS, PROMETHEUS_STEP]),
      ...(installPlatform ? [{ id: 'platform', title: 'Platform' }] : []),
    ],
    () => children.stopping,
  );

  const node = await steps.run('node', async report => {
    const found = await ensureNode(children, report);
    report(found.binary);
    return found;
  });

  // Compiling Go and installing packages overlap; Go gives way (nice).
  const files = external
    ? undefined
    : Promise.all([
        steps.run('control-plane-build', report =>
          buildControlPlane(children, node, report),
        ),
        steps.run('model-file', report => getModelFile(children, node, report)),
      ]);
  // Whoever awaits it later reports its failure.
  files?.catch(() => {});

  await steps.run('install', report => install(children, node, report));

  const portal = async () => {
    await steps.run('app', report => buildApp(children, node, report));
    await steps.run('portal', async report => {
      await startBackend(children, node, {
        configs: [
          path.join(repoDir, 'app-config.yaml'),
          path.join(repoDir, 'app-config.embedded.yaml'),
          // A cluster of one's own has node groups of its own.
          ...(external ? [] : [await writeGpuProfiles(node, portalDir)]),
          generated,
        ],
        port,
        // The sign-in by persona exists in development only.
        nodeEnvName: 'development',
      });
      report(`http://localhost:${port}`);
    });
    say(`The portal answers at http://localhost:${port} after ${sinceStart()}`);
  };

  const cluster = async () => {
    if (external) {
      if (installPlatform) {
        await steps.run('platform', report =>
          applyToContext(children, external, report),
        );
      }
      return;
    }
    if (session.detachedCluster) {
      say(
        `The embedded cluster runs already (process ${session.detachedCluster.pid}); it is used, and left running at the end`,
      );
      for (const { id } of [...CLUSTER_STEPS.slice(2), PROMETHEUS_STEP]) {
        steps.update(id, { status: 'done', message: 'Was running already' });
      }
      return;
    }
    await files;
    await startClusterProcess(children, node, {
      instance,
      stateDir,
      prometheus: false,
      onStep: step => steps.update(step.id, step),
    });
    say(`The embedded cluster is ready after ${sinceStart()}`);
  };

  // The portal stays up when the cluster doesn't come: its home page and this
  // terminal say why.
  const [portalOutcome, clusterOutcome] = await Promise.allSettled([
    portal(),
    cluster(),
  ]);
  if (portalOutcome.status === 'rejected') {
    throw portalOutcome.reason;
  }
  if (children.stopping) {
    return;
  }
  if (clusterOutcome.status === 'rejected') {
    process.stderr.write(`\n${clusterOutcome.reason.message}\n\n`);
  }
  summary({
    port,
    instance,
    external,
    children,
    ok: clusterOutcome.status === 'fulfilled',
  });
  // Not before: compiling it would take the processor from all that people
  // wait for. Its pod starts by itself as soon as it is there.
  if (!external && !session.detachedCluster) {
    await steps
      .run('prometheus', report => buildPrometheus(children, node, report))
      .catch(error => !children.stopping && say(error.message));
  }
}

function summary({ port, instance, external, children, ok }) {
  const lines = [
    '',
    ok
      ? `Everything is ready after ${sinceStart()}.`
      : 'The portal runs without its cluster.',
    `  Portal    http://localhost:${port}`,
  ];
  if (external) {
    lines.push(
      `  Cluster   ${external.context}${
        external.readOnly
          ? ' (read only; --install-platform lets the portal change it)'
          : ''
      }`,
    );
  } else if (ok) {
    const flag = instance === 0 ? '' : ` --instance ${instance}`;
    lines.push(
      `  Gateway   http://${nodePortAddress(instance)}:30080`,
      `  Metrics   http://${nodePortAddress(
        instance,
      )}:30090 (Prometheus, once it is compiled)`,
      `  kubectl   npm run -s dev-cluster --${flag} kubectl get pods -A`,
    );
  }
  lines.push(`  Logs      ${path.dirname(children.logFile('portal'))}`);
  lines.push('Ctrl-C stops it all; the data is kept.', '');
  process.stdout.write(`${lines.join('\n')}\n`);
}

main().catch(reportFailure);
