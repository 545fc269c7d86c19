import {
  V1Namespace,
  V1Node,
  V1PersistentVolumeClaim,
  V1ResourceQuota,
} from '@kubernetes/client-node';
import { parseQuantity } from '../../containers/quantity';
import { Family, gauge, oneOf } from '../family';
import { resourceSamples } from './resources';
import { at, conditionStatus } from './samples';

/** The only label of namespaces that is told: who owns them. */
const TEAM = 'llm-platform.dev/team';

/** What kube-state-metrics tells of nodes. */
export function nodeFamilies(nodes: readonly V1Node[]): Family[] {
  const labels = ({ metadata }: V1Node) => ({ node: metadata?.name ?? '' });
  return [
    gauge(
      'kube_node_info',
      'Information about a cluster node.',
      nodes.map(node => ({
        labels: {
          ...labels(node),
          kernel_version: node.status?.nodeInfo?.kernelVersion ?? '',
          os_image: node.status?.nodeInfo?.osImage ?? '',
          container_runtime_version:
            node.status?.nodeInfo?.containerRuntimeVersion ?? '',
          kubelet_version: node.status?.nodeInfo?.kubeletVersion ?? '',
          provider_id: node.spec?.providerID ?? '',
          system_uuid: node.status?.nodeInfo?.systemUUID ?? '',
          internal_ip:
            node.status?.addresses?.find(a => a.type === 'InternalIP')
              ?.address ?? '',
        },
        value: 1,
      })),
    ),
    gauge(
      'kube_node_created',
      'Unix creation timestamp',
      nodes.flatMap(node => at(node.metadata?.creationTimestamp, labels(node))),
    ),
    gauge(
      'kube_node_spec_unschedulable',
      'Whether a node can schedule new pods.',
      nodes.map(node => ({
        labels: labels(node),
        value: Number(node.spec?.unschedulable ?? false),
      })),
    ),
    gauge(
      'kube_node_spec_taint',
      'The taint of a cluster node.',
      nodes.flatMap(node =>
        (node.spec?.taints ?? []).map(({ key, value, effect }) => ({
          labels: { ...labels(node), key, value: value ?? '', effect },
          value: 1,
        })),
      ),
    ),
    gauge(
      'kube_node_status_capacity',
      'The total amount of resources available for a node.',
      nodes.flatMap(node =>
        resourceSamples(labels(node), node.status?.capacity),
      ),
    ),
    gauge(
      'kube_node_status_allocatable',
      'The amount of resources allocatable for pods (after reserving some for system daemons).',
      nodes.flatMap(node =>
        resourceSamples(labels(node), node.status?.allocatable),
      ),
    ),
    gauge(
      'kube_node_status_condition',
      'The condition of a cluster node.',
      nodes.flatMap(node =>
        (node.status?.conditions ?? []).flatMap(({ type, status }) =>
          conditionStatus(
            { ...labels(node), condition: type },
            'status',
            status,
          ),
        ),
      ),
    ),
  ];
}

/** What kube-state-metrics tells of namespaces. */
export function namespaceFamilies(
  namespaces: readonly V1Namespace[],
): Family[] {
  const labels = ({ metadata }: V1Namespace) => ({
    namespace: metadata?.name ?? '',
  });
  return [
    gauge(
      'kube_namespace_labels',
      'Kubernetes labels converted to Prometheus labels.',
      namespaces.flatMap(namespace => {
        const team = namespace.metadata?.labels?.[TEAM];
        return team
          ? [
              {
                labels: {
                  ...labels(namespace),
                  label_llm_platform_dev_team: team,
                },
                value: 1,
              },
            ]
          : [];
      }),
    ),
    gauge(
      'kube_namespace_status_phase',
      'kubernetes namespace status phase.',
      namespaces.flatMap(namespace =>
        oneOf(
          labels(namespace),
          'phase',
          ['Active', 'Terminating'],
          namespace.status?.phase,
        ),
      ),
    ),
  ];
}

/** What kube-state-metrics tells of claims. */
export function claimFamilies(
  claims: readonly V1PersistentVolumeClaim[],
): Family[] {
  const labels = ({ metadata }: V1PersistentVolumeClaim) => ({
    namespace: metadata?.namespace ?? '',
    persistentvolumeclaim: metadata?.name ?? '',
  });
  return [
    gauge(
      'kube_persistentvolumeclaim_info',
      'Information about persistent volume claim.',
      claims.map(claim => ({
        labels: {
          ...labels(claim),
          storageclass: claim.spec?.storageClassName ?? '',
          volumename: claim.spec?.volumeName ?? '',
          volumemode: claim.spec?.volumeMode ?? '',
        },
        value: 1,
      })),
    ),
    gauge(
      'kube_persistentvolumeclaim_status_phase',
      'The phase the persistent volume claim is currently in.',
      claims.flatMap(claim =>
        oneOf(
          labels(claim),
          'phase',
          ['Pending', 'Bound', 'Lost'],
          claim.status?.phase,
        ),
      ),
    ),
    gauge(
      'kube_persistentvolumeclaim_resource_requests_storage_bytes',
      'The capacity of storage requested by the persistent volume claim.',
      claims.flatMap(claim => {
        const asked = claim.spec?.resources?.requests?.storage;
        return asked
          ? [{ labels: labels(claim), value: parseQuantity(asked) }]
          : [];
      }),
    ),
  ];
}

/** What kube-state-metrics tells of quotas. */
export function quotaFamilies(quotas: readonly V1ResourceQuota[]): Family[] {
  return [
    gauge(
      'kube_resourcequota',
      'Information about resource quota.',
      quotas.flatMap(({ metadata, status }) =>
        (['hard', 'used'] as const).flatMap(type =>
          Object.entries(status?.[type] ?? {}).map(([resource, quantity]) => ({
            labels: {
              namespace: metadata?.namespace ?? '',
              resourcequota: metadata?.name ?? '',
              resource,
              type,
            },
            value: parseQuantity(quantity),
          })),
        ),
      ),
    ),
  ];
}
