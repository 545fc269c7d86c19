import { mkdirSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { writeBinDir } from './binDir';
import { ControlPlane, startControlPlane } from './control-plane';
import { ImageStore } from './image-store';
import { embeddedImages } from './images';
import { CommandResult, kubectlFor } from './kubectl';
import { NodeAgent, startNodeAgent } from './kubelet';
import {
  CLUSTER_RECORD,
  checkInstance,
  defaultStateDir,
  imageStoreDir,
  nodePortAddress,
  runDir,
} from './paths';
import {
  endLeftOvers,
  claimRecord,
  removeRecord,
  writeRecord,
} from './processes';

/** @public */
export interface ClusterOptions {
  /** 0 to 9: clusters side by side each take another. */
  instance?: number;
  stateDir?: string;
  /** Directory with the control plane's programs, see buildControlPlane. */
  binDir: string;
  /** The GGUF file; without it the model server says that it has none. */
  modelFile?: string;
  /** Directory with the pods' programs, see buildBundles. */
  imagesDir?: string;
  /** Where Prometheus is, or will be: its pod waits for it. */
  prometheusDir?: string;
  onProgress?(line: string): void;
  /** Called as soon as the API answers, before there are nodes. */
  onControlPlaneReady?(): void;
  signal?: AbortSignal;
  /** Throw the cluster's data away first. */
  reset?: boolean;
}

/** A running embedded cluster. @public */
export interface DevCluster {
  instance: number;
  /** Path of a kubeconfig with all rights. */
  kubeconfig: string;
  apiserver: string;
  /** PEM of the cluster's certificate authority. */
  ca: string;
  kubectl(args: string[], stdin?: string): Promise<CommandResult>;
  nodePortAddress: string;
  podProxyUrl: string;
  stop(): Promise<void>;
}

/**
 * Starts the control plane and the node agent on one state directory. What a
 * killed process left running on it is ended first; a living one is an error.
 *
 * @public
 */
export async function startCluster(
  options: ClusterOptions,
): Promise<DevCluster> {
  const instance = checkInstance(options.instance ?? 0);
  const stateDir = path.resolve(options.stateDir ?? defaultStateDir(instance));
  const say = options.onProgress ?? (() => {});
  const records = runDir(stateDir);

  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const running = claimRecord(records, CLUSTER_RECORD);
  if (running) {
    throw new Error(
      `This embedded cluster already runs (process ${running.pid}, ${stateDir}). Stop it first, or choose another --instance.`,
    );
  }
  await endLeftOvers(records);
  if (options.reset) {
    rmSync(stateDir, { recursive: true, force: true });
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    writeRecord(records, CLUSTER_RECORD, process.pid);
  }
  writeBinDir(stateDir, path.resolve(options.binDir));

  let controlPlane: ControlPlane | undefined;
  let agent: NodeAgent | undefined;
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      await agent?.stop();
      await controlPlane?.stop();
      await endLeftOvers(records);
      removeRecord(records, CLUSTER_RECORD);
    })();
    return stopped;
  };
  try {
    controlPlane = await startControlPlane({
      instance,
      stateDir,
      binDir: options.binDir,
      onProgress: say,
      signal: options.signal,
    });
    options.onControlPlaneReady?.();
    const store = new ImageStore(imageStoreDir(stateDir));
    // Nothing runs yet that could still need one.
    await store.prune();
    agent = await startNodeAgent({
      kubeconfig: controlPlane.agentKubeconfig,
      stateDir,
      instance,
      egressSocket: controlPlane.egressSocket,
      kubeletTls: controlPlane.kubeletTls,
      images: embeddedImages({
        imagesDir: options.imagesDir,
        store,
        modelFile: options.modelFile,
        prometheusDir: options.prometheusDir,
        threads: availableParallelism(),
      }),
      cpuThreads: availableParallelism(),
      logger: say,
      clusterDomain: 'cluster.local',
    });
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    instance,
    kubeconfig: controlPlane.kubeconfig,
    apiserver: controlPlane.apiserver,
    ca: controlPlane.ca,
    kubectl: kubectlFor(options.binDir, controlPlane.kubeconfig),
    nodePortAddress: nodePortAddress(instance),
    podProxyUrl: agent.podProxyUrl,
    stop,
  };
}
