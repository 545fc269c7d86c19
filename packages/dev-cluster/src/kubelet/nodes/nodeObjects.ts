import { V1NodeCondition } from '@kubernetes/client-node';
import { microTime } from '../api';
import { NodeSpec } from './definitions';

/** Where a kubelet listens; the apiserver reaches it by the egress proxy. */
const KUBELET_PORT = 10250;
const LEASE_SECONDS = 40;

/** @public */
export function nodeObject(spec: NodeSpec) {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: spec.name,
      labels: spec.labels,
      annotations: {
        'llm-platform.dev/simulated': spec.simulated,
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: {
      taints: spec.taints,
      providerID: `aws:///${spec.labels['topology.kubernetes.io/zone']}/${spec.instanceId}`,
    },
  };
}

/** @public */
export function nodeStatus(
  spec: NodeSpec,
  version: string,
  previous: readonly V1NodeCondition[],
  now: Date,
): object {
  const healthy = (type: string, reason: string, message: string) =>
    condition(type, 'False', reason, message, previous, now);
  return {
    capacity: spec.capacity,
    allocatable: spec.allocatable,
    addresses: [
      { type: 'InternalIP', address: spec.address },
      { type: 'InternalDNS', address: spec.name },
      { type: 'Hostname', address: spec.name },
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: KUBELET_PORT } },
    nodeInfo: {
      machineID: spec.instanceId,
      systemUUID: spec.instanceId,
      bootID: spec.instanceId,
      kernelVersion: 'local',
      osImage: 'Embedded node agent (pods are local processes)',
      containerRuntimeVersion: 'llmp://0.1.0',
      kubeletVersion: version,
      kubeProxyVersion: '',
      operatingSystem: 'linux',
      architecture: 'amd64',
    },
    conditions: [
      healthy(
        'MemoryPressure',
        'KubeletHasSufficientMemory',
        'kubelet has sufficient memory available',
      ),
      healthy(
        'DiskPressure',
        'KubeletHasNoDiskPressure',
        'kubelet has no disk pressure',
      ),
      healthy(
        'PIDPressure',
        'KubeletHasSufficientPID',
        'kubelet has sufficient PID available',
      ),
      condition(
        'Ready',
        'True',
        'KubeletReady',
        'kubelet is posting ready status',
        previous,
        now,
      ),
    ],
  };
}

/** The lease by which a node shows that it lives. @public */
export function leaseObject(
  spec: NodeSpec,
  nodeUid: string,
  resourceVersion?: string,
): object {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: spec.name,
      namespace: 'kube-node-lease',
      resourceVersion,
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Node', name: spec.name, uid: nodeUid },
      ],
    },
    spec: {
      holderIdentity: spec.name,
      leaseDurationSeconds: LEASE_SECONDS,
      renewTime: microTime(),
    },
  };
}

/** Says which CSI drivers the node has, as their registrar would. @public */
export function csiNodeObject(
  spec: NodeSpec,
  nodeUid: string,
  driver: string,
): object {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'CSINode',
    metadata: {
      name: spec.name,
      ownerReferences: [
        { apiVersion: 'v1', kind: 'Node', name: spec.name, uid: nodeUid },
      ],
    },
    spec: {
      drivers: [
        {
          name: driver,
          nodeID: spec.instanceId,
          topologyKeys: ['topology.ebs.csi.aws.com/zone'],
          allocatable: { count: 25 },
        },
      ],
    },
  };
}

function condition(
  type: string,
  status: string,
  reason: string,
  message: string,
  previous: readonly V1NodeCondition[],
  now: Date,
): object {
  const before = previous.find(c => c.type === type);
  return {
    type,
    status,
    reason,
    message,
    lastHeartbeatTime: now,
    lastTransitionTime:
      before?.status === status ? before.lastTransitionTime : now,
  };
}
