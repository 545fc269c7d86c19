import { RenderedObject, nameOf, valueAt } from '../rendered';
import type { OutsideObject } from './outside';
import type { Problem } from './problem';

/** The kinds that every cluster has, by group and version. */
const BUILT_IN: Record<string, string[]> = {
  v1: [
    'ConfigMap',
    'Endpoints',
    'LimitRange',
    'Namespace',
    'PersistentVolume',
    'PersistentVolumeClaim',
    'Pod',
    'PodTemplate',
    'ReplicationController',
    'ResourceQuota',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'apps/v1': ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'batch/v1': ['CronJob', 'Job'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'policy/v1': ['PodDisruptionBudget'],
  'networking.k8s.io/v1': ['Ingress', 'IngressClass', 'NetworkPolicy'],
  'rbac.authorization.k8s.io/v1': [
    'ClusterRole',
    'ClusterRoleBinding',
    'Role',
    'RoleBinding',
  ],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': ['CSIDriver', 'StorageClass'],
  'admissionregistration.k8s.io/v1': [
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration',
  ],
  'apiextensions.k8s.io/v1': ['CustomResourceDefinition'],
  'apiregistration.k8s.io/v1': ['APIService'],
  'discovery.k8s.io/v1': ['EndpointSlice'],
  'node.k8s.io/v1': ['RuntimeClass'],
};

/** Every kind is built in, or its CRD is in the overlay or declared outside it (incident 8). */
export function checkKinds(
  objects: RenderedObject[],
  outside: OutsideObject[],
): Problem[] {
  return objects
    .filter(
      ({ apiVersion, kind }) =>
        !BUILT_IN[apiVersion]?.includes(kind) &&
        !hasDefinition(apiVersion, kind, objects, outside),
    )
    .map(object => ({
      at: nameOf(object),
      message: `no cluster has the kind ${object.kind} of ${object.apiVersion} by itself. Take the object out, add its CustomResourceDefinition, or declare in outside.yaml who installs that`,
    }));
}

/** Whether the kind is one whose CRD comes from outside the overlay. */
export function isForeignKind(
  { apiVersion, kind }: RenderedObject,
  outside: OutsideObject[],
): boolean {
  return hasDefinition(apiVersion, kind, [], outside);
}

function hasDefinition(
  apiVersion: string,
  kind: string,
  objects: RenderedObject[],
  outside: OutsideObject[],
): boolean {
  const [group] = apiVersion.split('/');
  return (
    objects.some(
      object =>
        object.kind === 'CustomResourceDefinition' &&
        valueAt(object, 'spec', 'group') === group &&
        valueAt(object, 'spec', 'names', 'kind') === kind,
    ) ||
    outside.some(
      entry =>
        entry.kind === 'CustomResourceDefinition' &&
        // A CRD is named PLURAL.GROUP.
        plurals(kind).some(plural => entry.name === `${plural}.${group}`),
    )
  );
}

function plurals(kind: string): string[] {
  const lower = kind.toLowerCase();
  return [
    `${lower}s`,
    `${lower}es`,
    `${lower.replace(/y$/, 'i')}es`,
    // NodePool → nodepools, but EC2NodeClass → ec2nodeclasses, Endpoints → endpoints.
    lower,
  ];
}
