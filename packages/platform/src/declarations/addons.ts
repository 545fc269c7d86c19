import { Quantities } from './nodeCapacity';
import { Taint } from './nodeGroups';

/** Pods that an add-on runs in kube-system, for the capacity planner. @public */
export interface AddonWorkload {
  kind: 'DaemonSet' | 'Deployment';
  name: string;
  /** Of a Deployment; a DaemonSet has one on each node that it tolerates. */
  replicas?: number;
  /** All containers of one pod together. */
  requests: Quantities;
  /** `all`: runs on every node whatever its taints. */
  tolerates: 'all' | 'none';
  /** In the host's network: counts as a pod, but needs no address. */
  hostNetwork: boolean;
}

/** Something that runs in the cluster and is installed with it. @public */
export interface AddonDeclaration {
  /** Of an EKS add-on: its name there. */
  name: string;
  /** `eks`: a managed add-on; `helm`: a chart that the infrastructure installs. */
  source: 'eks' | 'helm';
  workloads: readonly AddonWorkload[];
}

/**
 * What the infrastructure installs beside the manifests, with the requests of
 * the versions that EKS gives by default.
 *
 * @public
 */
export const addons: readonly AddonDeclaration[] = [
  {
    name: 'vpc-cni',
    source: 'eks',
    // The CNI and its network policy agent.
    workloads: [daemonSet('aws-node', { cpu: '50m' })],
  },
  {
    name: 'kube-proxy',
    source: 'eks',
    workloads: [daemonSet('kube-proxy', { cpu: '100m' })],
  },
  {
    name: 'eks-pod-identity-agent',
    source: 'eks',
    workloads: [daemonSet('eks-pod-identity-agent', {})],
  },
  {
    name: 'coredns',
    source: 'eks',
    workloads: [deployment('coredns', 2, { cpu: '100m', memory: '70Mi' })],
  },
  {
    name: 'aws-ebs-csi-driver',
    source: 'eks',
    workloads: [
      // Three containers.
      daemonSet('ebs-csi-node', { cpu: '30m', memory: '120Mi' }, false),
      // Six containers.
      deployment('ebs-csi-controller', 2, { cpu: '60m', memory: '240Mi' }),
    ],
  },
  {
    name: 'cluster-autoscaler',
    source: 'helm',
    workloads: [
      deployment('cluster-autoscaler', 1, { cpu: '50m', memory: '200Mi' }),
    ],
  },
  {
    name: 'aws-load-balancer-controller',
    source: 'helm',
    workloads: [
      deployment('aws-load-balancer-controller', 2, {
        cpu: '50m',
        memory: '128Mi',
      }),
    ],
  },
];

/** Whether a DaemonSet of an add-on has a pod on nodes with these taints. @public */
export function runsOn(
  workload: AddonWorkload,
  taints: readonly Taint[],
): boolean {
  return (
    workload.tolerates === 'all' ||
    taints.every(({ effect }) => effect === 'PreferNoSchedule')
  );
}

function daemonSet(
  name: string,
  requests: Quantities,
  hostNetwork = true,
): AddonWorkload {
  return { kind: 'DaemonSet', name, requests, tolerates: 'all', hostNetwork };
}

function deployment(
  name: string,
  replicas: number,
  requests: Quantities,
): AddonWorkload {
  return {
    kind: 'Deployment',
    name,
    replicas,
    requests,
    tolerates: 'none',
    hostNetwork: false,
  };
}
