import { setTimeout as sleep } from 'node:timers/promises';
import path from 'node:path';
import { buildPrometheus, prometheusDirectory } from '@llm-platform/platform';
import { buildControlPlane } from '../build';
import { buildBundles } from '../bundles';
import { DevCluster, startCluster } from '../cluster';
import { kubectlOrThrow } from '../kubectl';
import { getModelFile } from '../model-file';
import {
  PortalIdentity,
  applyPlatform,
  ensureGrafanaSecret,
  keepPortalIdentity,
  waitForDeployment,
  waitForGateway,
} from '../platform';
import { defaultCacheDir } from '../paths';
import { createProgress } from './progress';

/** The nodes that are there from the start; the sixth joins on demand. */
const INITIAL_NODES = 5;

/** @public */
export interface UpOptions {
  instance: number;
  stateDir: string;
  repoDir: string;
  reset: boolean;
  platform: boolean;
  /** Whether Prometheus is compiled here; else somebody else does that. */
  buildPrometheus: boolean;
}

/**
 * `up`: builds what is missing, starts the cluster, applies the platform and
 * stays until it is told to stop.
 */
export async function up(options: UpOptions): Promise<void> {
  const { instance, stateDir, repoDir } = options;
  const cacheDir = defaultCacheDir();
  const moduleDir = path.join(repoDir, 'packages', 'dev-cluster');
  const progress = createProgress();
  const abort = new AbortController();
  const stopRequested = whenAskedToStop(abort);
  let cluster: DevCluster | undefined;
  let identity: PortalIdentity | undefined;

  const startPlatform = async (started: DevCluster) => {
    const kept = await progress.step(
      'platform',
      'Platform (namespaces, gateway, roles)',
      async report => {
        await applyPlatform({
          kubectl: started.kubectl,
          overlay: path.join(repoDir, 'packages/platform/overlays/embedded'),
        });
        await ensureGrafanaSecret(started.kubectl);
        return keepPortalIdentity({
          stateDir,
          apiserver: started.apiserver,
          ca: started.ca,
          kubectl: started.kubectl,
          onProgress: report,
        });
      },
    );
    await progress
      .step('gateway', 'Gateway', async report => {
        await waitForDeployment({
          kubectl: started.kubectl,
          namespace: 'platform',
          name: 'gateway',
          timeoutSeconds: 180,
        });
        const url = `http://${started.nodePortAddress}:30080`;
        await waitForGateway(url, abort.signal);
        report(url);
      })
      .catch(error => {
        // Whoever wants to find out why needs the cluster to look into.
        if (!abort.signal.aborted) {
          progress.line(`${error.message}\nThe cluster stays up without it`);
        }
      });
    return kept;
  };

  const prometheus = {
    moduleDir: path.join(repoDir, 'packages', 'platform/tools/prometheus'),
    cacheDir,
  };
  /** Comes last: nothing that people wait for needs it. */
  const compilePrometheus = () =>
    progress
      .step('prometheus', 'Prometheus', report =>
        buildPrometheus({
          ...prometheus,
          signal: abort.signal,
          onProgress: report,
        }),
      )
      .catch(error => {
        if (!abort.signal.aborted) {
          progress.line(`${error.message}\nThe cluster stays up without it`);
        }
      });

  const start = async () => {
    const { signal } = abort;
    const [binDir, modelFile, imagesDir, prometheusDir] = await Promise.all([
      progress.step(
        'control-plane-build',
        'Control plane programs',
        async report => {
          const result = await buildControlPlane({
            moduleDir,
            cacheDir,
            signal,
            onProgress: report,
          });
          return result.binDir;
        },
      ),
      progress.step('model-file', 'Model file', async report => {
        const result = await getModelFile({
          cacheDir,
          signal,
          onProgress: report,
        });
        if (result.file === undefined) {
          report(
            `Not to be had (${result.reason}): the model server will say so in every answer`,
          );
        }
        return result.file;
      }),
      buildBundles({ repoDir, cacheDir }),
      prometheusDirectory(prometheus),
    ]);
    const started = await progress.step(
      'control-plane',
      'Kubernetes control plane',
      report =>
        startCluster({
          instance,
          stateDir,
          binDir,
          modelFile,
          imagesDir,
          prometheusDir,
          reset: options.reset,
          signal,
          onProgress: report,
        }),
    );
    cluster = started;
    await progress.step('nodes', 'Nodes', async report => {
      report(`${await waitForNodes(started, signal)} Ready`);
    });
    if (options.platform) {
      identity = await startPlatform(started);
    }
    progress.line(
      `The embedded cluster is up: ${started.apiserver}, KUBECONFIG=${started.kubeconfig}`,
    );
    if (options.platform && options.buildPrometheus) {
      await compilePrometheus();
    }
  };

  const stopAll = async () => {
    identity?.stop();
    await cluster?.stop();
  };
  try {
    const stoppedEarly = await Promise.race([
      start().then(() => false),
      stopRequested.then(() => true),
    ]);
    if (!stoppedEarly) {
      await stopRequested;
    }
    progress.line('Stopping the embedded cluster …');
    await stopAll();
    progress.line('Stopped; its data is kept');
  } catch (error) {
    await stopAll();
    if (!abort.signal.aborted) {
      throw error;
    }
  }
}

/**
 * Resolves on Ctrl-C, on SIGTERM and when the launcher that holds the other
 * end of the IPC channel is gone, however it ended.
 */
function whenAskedToStop(abort: AbortController): Promise<void> {
  return new Promise(resolve => {
    const stop = () => {
      abort.abort(new Error('Stopped'));
      resolve();
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    process.on('SIGHUP', stop);
    // A detached cluster outlives the command that started it.
    if (process.env.LLMP_DETACHED !== '1') {
      process.on('disconnect', stop);
    }
  });
}

async function waitForNodes(
  cluster: DevCluster,
  signal: AbortSignal,
): Promise<number> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    signal.throwIfAborted();
    const statuses = await kubectlOrThrow(
      (args, stdin) => cluster.kubectl(args, stdin),
      [
        'get',
        'nodes',
        '-o',
        'jsonpath={range .items[*]}{.status.conditions[?(@.type=="Ready")].status}{"\\n"}{end}',
      ],
    );
    const ready = statuses.split('\n').filter(s => s === 'True').length;
    if (ready >= INITIAL_NODES) {
      return ready;
    }
    if (Date.now() > deadline) {
      throw new Error(`Only ${ready} of ${INITIAL_NODES} nodes became Ready`);
    }
    await sleep(300);
  }
}
