import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { runDir } from '../paths';
import { Child, endLeftOvers, startChild } from '../processes';
import { components } from './components';
import { egressSocketPath, writeEgressConfig } from './egress';
import { writeKubeconfig } from './kubeconfig';
import { Pki, loadOrCreatePki } from './pki';
import { choosePorts } from './ports';
import { answersOk, answersOkInsecure, waitReady } from './readiness';

/** @public */
export interface ControlPlaneOptions {
  instance: number;
  stateDir: string;
  /** Directory with etcd, kube-apiserver and the others. */
  binDir: string;
  onProgress?(line: string): void;
  signal?: AbortSignal;
}

/** A running control plane. @public */
export interface ControlPlane {
  /** URL of the apiserver. */
  apiserver: string;
  /** PEM of the certificate authority. */
  ca: string;
  /** Path of a kubeconfig with all rights. */
  kubeconfig: string;
  /** Path of the node agent's kubeconfig. */
  agentKubeconfig: string;
  /** Where the agent takes the apiserver's CONNECT requests. */
  egressSocket: string;
  /** What the agent's kubelet endpoint shows and demands, as PEM. */
  kubeletTls: { cert: string; key: string; clientCa: string };
  stop(): Promise<void>;
}

/** Ends in this order: the apiserver needs etcd until its last watch closed. */
const STOP_ORDER = [
  'kube-scheduler',
  'kube-controller-manager',
  'kube-apiserver',
  'etcd',
];

/**
 * Starts etcd, kube-apiserver, kube-controller-manager and kube-scheduler as
 * children and resolves when all of them are ready. What a launcher that was
 * killed left running is ended first.
 *
 * @public
 */
export async function startControlPlane(
  options: ControlPlaneOptions,
): Promise<ControlPlane> {
  const { stateDir, binDir, instance, signal } = options;
  const say = options.onProgress ?? (() => {});
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  await endLeftOvers(runDir(stateDir));

  const pki = await loadOrCreatePki(stateDir);
  const ports = await choosePorts(stateDir, instance);
  const apiserver = `https://127.0.0.1:${ports.apiserver}`;
  const egressSocket = egressSocketPath(stateDir);
  const kubeconfig = (name: string, user: Pki['admin']) => {
    const file = path.join(stateDir, `${name}.kubeconfig`);
    writeKubeconfig({
      file,
      context: name,
      server: apiserver,
      ca: pki.ca.cert,
      user: { cert: user.cert, key: user.key },
    });
    return file;
  };
  const adminKubeconfig = kubeconfig('admin', pki.admin);
  const agentKubeconfig = kubeconfig('node-agent', pki.nodeAgent);
  const programs = components({
    stateDir,
    ports,
    pki,
    egressConfig: writeEgressConfig(stateDir, egressSocket),
    controllerManagerKubeconfig: kubeconfig(
      'controller-manager',
      pki.controllerManager,
    ),
    schedulerKubeconfig: kubeconfig('scheduler', pki.scheduler),
  });
  const missing = programs.filter(
    program => !existsSync(path.join(binDir, program.name)),
  );
  if (missing.length > 0) {
    throw new Error(
      `${missing.map(p => p.name).join(', ')} not found in ${binDir}`,
    );
  }

  const probes: Record<
    (typeof programs)[number]['name'],
    () => Promise<boolean>
  > = {
    etcd: () => answersOk(`http://127.0.0.1:${ports.etcdClient}/health`),
    'kube-apiserver': () =>
      answersOk(`${apiserver}/readyz`, {
        ca: pki.ca.cert,
        cert: pki.admin.cert,
        key: pki.admin.key,
      }),
    // They show certificates they made themselves; /healthz needs no login.
    'kube-controller-manager': () => answersOkInsecure(ports.controllerManager),
    'kube-scheduler': () => answersOkInsecure(ports.scheduler),
  };

  const children: Child[] = [];
  const stop = async () => {
    for (const name of STOP_ORDER) {
      await children.find(child => child.name === name)?.stop();
    }
  };
  try {
    for (const program of programs) {
      signal?.throwIfAborted();
      const startedAt = Date.now();
      const child = startChild({
        name: program.name,
        command: path.join(binDir, program.name),
        args: program.args,
        env: childEnv(),
        logDir: path.join(stateDir, 'logs'),
        runDir: runDir(stateDir),
        onUnexpectedExit: reason =>
          say(`${program.name} ended with ${reason}; starting it again`),
      });
      children.push(child);
      // Controller manager and scheduler come up side by side.
      if (program.name === 'kube-controller-manager') {
        continue;
      }
      await waitReady({
        child,
        probe: probes[program.name],
        timeoutMs: 90_000,
        signal,
      });
      say(
        `${program.name} ready (${((Date.now() - startedAt) / 1000).toFixed(
          1,
        )} s)`,
      );
    }
    const controllerManager = children.find(
      child => child.name === 'kube-controller-manager',
    );
    if (controllerManager) {
      await waitReady({
        child: controllerManager,
        probe: probes['kube-controller-manager'],
        timeoutMs: 90_000,
        signal,
      });
      say('kube-controller-manager ready');
    }
  } catch (error) {
    await stop();
    throw error;
  }

  return {
    apiserver,
    ca: pki.ca.cert,
    kubeconfig: adminKubeconfig,
    agentKubeconfig,
    egressSocket,
    kubeletTls: {
      cert: pki.kubeletServer.cert,
      key: pki.kubeletServer.key,
      clientCa: pki.ca.cert,
    },
    stop,
  };
}

/** No proxy of the machine may stand between the parts of the control plane. */
function childEnv(): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, TZ } = process.env;
  return { PATH, HOME, TMPDIR, TZ };
}
