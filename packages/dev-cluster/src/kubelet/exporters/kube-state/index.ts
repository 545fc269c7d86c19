import {
  V1DaemonSet,
  V1Deployment,
  V1Namespace,
  V1Node,
  V1PersistentVolumeClaim,
  V1Pod,
  V1ResourceQuota,
} from '@kubernetes/client-node';
import { Family } from '../family';
import {
  claimFamilies,
  namespaceFamilies,
  nodeFamilies,
  quotaFamilies,
} from './cluster';
import { podFamilies } from './pods';
import { daemonSetFamilies, deploymentFamilies } from './workloads';

/** The objects that are told of, as the API has them. */
export interface KubeState {
  pods: readonly V1Pod[];
  deployments: readonly V1Deployment[];
  daemonSets: readonly V1DaemonSet[];
  nodes: readonly V1Node[];
  namespaces: readonly V1Namespace[];
  claims: readonly V1PersistentVolumeClaim[];
  quotas: readonly V1ResourceQuota[];
}

/**
 * What kube-state-metrics tells of the cluster's objects, under its names and
 * labels (its docs/metrics), as far as the platform asks for it.
 */
export function kubeStateFamilies(state: KubeState): Family[] {
  return [
    ...podFamilies(state.pods),
    ...deploymentFamilies(state.deployments),
    ...daemonSetFamilies(state.daemonSets),
    ...nodeFamilies(state.nodes),
    ...namespaceFamilies(state.namespaces),
    ...claimFamilies(state.claims),
    ...quotaFamilies(state.quotas),
  ];
}
