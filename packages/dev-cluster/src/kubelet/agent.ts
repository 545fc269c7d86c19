import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  KubernetesObject,
  V1CSIDriver,
  V1ConfigMap,
  V1DaemonSet,
  V1Deployment,
  V1EndpointSlice,
  V1Namespace,
  V1Node,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1Pod,
  V1ResourceQuota,
  V1Secret,
  V1Service,
  V1StorageClass,
} from '@kubernetes/client-node';
import { nodePortAddress } from '../paths';
import {
  ApiClient,
  Store,
  corePath,
  createApiClient,
  groupPath,
  startStore,
} from './api';
import { OWNER_VARIABLE, endOrphans } from './containers';
import { createEventRecorder } from './events';
import {
  ExportersOptions,
  capacityOf,
  createExporters,
  kubeletFamilies,
  metricsText,
  mountedClaims,
} from './exporters';
import { createImagePuller } from './images';
import { NODES, startAutoscaler, startNodeManager } from './nodes';
import { PodContext, createPodAddresses, startPodManager } from './pods';
import {
  Resolver,
  createResolver,
  startConnectProxy,
  startNodePorts,
} from './proxy';
import {
  KubeletMetrics,
  createMetricsAccess,
  startKubeletServer,
} from './server';
import {
  EBS_DRIVER,
  createStorageDefaults,
  createUsage,
  startProvisioner,
  volumeDirectory,
} from './storage';
import { NodeAgent, NodeAgentOptions } from './types';

const KUBELET_PORT = 10250;
const STORAGE = 'storage.k8s.io/v1';
const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

/**
 * Plays kubelet, kube-proxy, EBS CSI driver and cluster autoscaler for the
 * embedded cluster's nodes. Resolves when the nodes are registered and the
 * pods that are bound to them have been taken up.
 *
 * @public
 */
export async function startNodeAgent(
  options: NodeAgentOptions,
): Promise<NodeAgent> {
  const { instance, logger, stateDir } = options;
  const dir = path.join(stateDir, 'kubelet');
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const owner = createHash('sha256').update(dir).digest('hex').slice(0, 16);
  const ended = await endOrphans(path.join(dir, 'run'), owner);
  if (ended > 0) {
    logger(`ended ${ended} process(es) that an earlier run had left behind`);
  }

  const closers: Array<() => Promise<void> | void> = [];
  const stop = async () => {
    // The last that was started is the first to end.
    for (const close of closers.reverse()) {
      await close();
    }
    closers.length = 0;
  };
  try {
    return await start();
  } catch (error) {
    await stop();
    throw error;
  }

  async function start(): Promise<NodeAgent> {
    const api = await createApiClient(options.kubeconfig);
    closers.push(() => api.close());
    const store = async <T extends KubernetesObject>(objectPath: string) => {
      const started = await startStore<T>(api, objectPath, logger);
      closers.push(() => started.stop());
      return started;
    };
    await firstTime(path.join(dir, '.storage'), () =>
      createStorageDefaults(api),
    );
    const [
      pods,
      services,
      slices,
      configMaps,
      secrets,
      claims,
      volumes,
      classes,
      drivers,
      clusterNodes,
      namespaces,
      quotas,
      deployments,
      daemonSets,
    ] = await Promise.all([
      store<V1Pod>(corePath('pods')),
      store<V1Service>(corePath('services')),
      store<V1EndpointSlice>(
        groupPath('discovery.k8s.io/v1', 'endpointslices'),
      ),
      store<V1ConfigMap>(corePath('configmaps')),
      store<V1Secret>(corePath('secrets')),
      store<V1PersistentVolumeClaim>(corePath('persistentvolumeclaims')),
      store<V1PersistentVolume>(corePath('persistentvolumes')),
      store<V1StorageClass>(groupPath(STORAGE, 'storageclasses')),
      store<V1CSIDriver>(groupPath(STORAGE, 'csidrivers')),
      store<V1Node>(corePath('nodes')),
      store<V1Namespace>(corePath('namespaces')),
      store<V1ResourceQuota>(corePath('resourcequotas')),
      store<V1Deployment>(groupPath('apps/v1', 'deployments')),
      store<V1DaemonSet>(groupPath('apps/v1', 'daemonsets')),
    ]);
    const events = createEventRecorder(api, logger);

    const resolver = clusterResolver(options, api, pods, services, slices);
    const kubelet: { port?: number } = {};
    const resolve = (host: string, port: number) =>
      port === KUBELET_PORT && nodeAt(host) && kubelet.port !== undefined
        ? { host: '127.0.0.1', port: kubelet.port }
        : resolver.resolve(host, port);
    const podProxy = await startConnectProxy({
      listen: { host: '127.0.0.1', port: 0 },
      resolve,
      absoluteForm: true,
    });
    closers.push(() => podProxy.stop());
    const podProxyUrl = `http://127.0.0.1:${podProxy.port}`;

    let onNodesChange: () => void = () => {};
    const nodes = await startNodeManager({
      api,
      events,
      nodes: NODES,
      csiDriver: EBS_DRIVER,
      onChange: () => onNodesChange(),
      logger,
    });
    closers.push(() => nodes.stop());

    let pids: ExportersOptions['pids'] = () => new Map();
    const exporters = createExporters({
      state: () => ({
        pods: pods.list(),
        deployments: deployments.list(),
        daemonSets: daemonSets.list(),
        nodes: clusterNodes.list(),
        namespaces: namespaces.list(),
        claims: claims.list(),
        quotas: quotas.list(),
      }),
      node: nodes.get,
      pids: (namespace, pod) => pids(namespace, pod),
      cpuThreads: options.cpuThreads,
    });

    const context: PodContext = {
      api,
      events,
      images: options.images,
      puller: createImagePuller(options.images),
      addresses: createPodAddresses(),
      exporters,
      configMaps,
      secrets,
      services,
      claims,
      node: nodes.get,
      instance,
      proxyUrl: podProxyUrl,
      cpuThreads: options.cpuThreads,
      dir,
      baseEnv: baseEnv(owner, podProxyUrl, api),
      logger,
    };
    const podManager = startPodManager(context, pods);
    onNodesChange = () => podManager.nodesChanged();
    pids = (namespace, pod) =>
      podManager.worker(namespace, pod)?.pids() ?? new Map();
    closers.push(() => podManager.stop());

    const server = await startKubeletServer({
      tls: options.kubeletTls,
      pods: podManager,
      metrics: kubeletMetrics(api, pods, claims, dir),
    });
    kubelet.port = server.port;
    closers.push(() => server.stop());
    const egress = await startConnectProxy({
      listen: { socketPath: options.egressSocket },
      resolve,
      absoluteForm: false,
    });
    closers.push(() => egress.stop());

    const address = nodePortAddress(instance);
    const nodePorts = startNodePorts({
      services,
      resolver,
      address,
      events,
      logger,
    });
    closers.push(() => nodePorts.stop());

    const provisioner = startProvisioner({
      api,
      events,
      claims,
      volumes,
      classes,
      drivers,
      directory: name => volumeDirectory(dir, name),
      logger,
    });
    closers.push(() => provisioner.stop());

    const onDemand = NODES.filter(spec => spec.onDemand);
    const autoscaler = startAutoscaler({
      nodes,
      onDemand,
      baseSize: NODES.filter(isGpuNode).length - onDemand.length,
      pods,
      events,
      logger,
      ...options.scaling,
    });
    closers.push(() => autoscaler.stop());

    return { podProxyUrl, nodePortAddress: address, stop };
  }
}

/** The node of that name or address. */
function nodeAt(host: string): string | undefined {
  return NODES.find(spec => spec.name === host || spec.address === host)?.name;
}

function kubeletMetrics(
  api: ApiClient,
  pods: Store<V1Pod>,
  claims: Store<V1PersistentVolumeClaim>,
  dir: string,
): KubeletMetrics {
  const usage = createUsage();
  return {
    access: createMetricsAccess(api),
    node: nodeAt,
    async read(node) {
      const mounted = mountedClaims(node, pods.list(), (namespace, name) =>
        claims.get(name, namespace),
      );
      const volumes = await Promise.all(
        mounted.map(async claim => ({
          namespace: claim.metadata?.namespace ?? '',
          claim: claim.metadata?.name ?? '',
          capacityBytes: capacityOf(claim),
          usedBytes: await usage.usedBytes(
            volumeDirectory(dir, claim.spec?.volumeName ?? ''),
          ),
        })),
      );
      const running = pods
        .list()
        .filter(
          pod => pod.spec?.nodeName === node && pod.status?.phase === 'Running',
        ).length;
      return metricsText(kubeletFamilies(volumes, running));
    },
  };
}

function isGpuNode(spec: (typeof NODES)[number]): boolean {
  return spec.taints.length > 0;
}

async function firstTime(
  marker: string,
  work: () => Promise<void>,
): Promise<void> {
  if (!existsSync(marker)) {
    await work();
    writeFileSync(marker, '');
  }
}

function clusterResolver(
  options: NodeAgentOptions,
  api: ApiClient,
  pods: Store<V1Pod>,
  services: Store<V1Service>,
  slices: Store<V1EndpointSlice>,
): Resolver {
  const server = new URL(api.server);
  return createResolver({
    instance: options.instance,
    clusterDomain: options.clusterDomain,
    apiserver: { host: server.hostname, port: Number(server.port || 443) },
    view: {
      services: () => services.list(),
      service: (namespace, name) => services.get(name, namespace),
      pods: () => pods.list(),
      slices: (namespace, name) =>
        slices
          .list()
          .filter(
            slice =>
              slice.metadata?.namespace === namespace &&
              slice.metadata.labels?.[SERVICE_NAME_LABEL] === name,
          ),
    },
  });
}

/** What every pod process gets; nothing else of our own environment. */
function baseEnv(
  owner: string,
  podProxyUrl: string,
  api: ApiClient,
): Record<string, string> {
  const server = new URL(api.server);
  const noProxy = [
    ...new Set(['localhost', '127.0.0.1', server.hostname]),
  ].join(',');
  return {
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    [OWNER_VARIABLE]: owner,
    HTTP_PROXY: podProxyUrl,
    http_proxy: podProxyUrl,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    KUBERNETES_SERVICE_HOST: server.hostname,
    KUBERNETES_SERVICE_PORT: server.port || '443',
  };
}
