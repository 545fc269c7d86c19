import {
  applySetId,
  gpuProfiles,
  labels,
  presets,
  renderModelDeployment,
  renderParentConfigMap,
  type ModelDeploymentSpec,
} from '@llm-platform/plugin-models-common';
import type { FakeObject } from './FakeKubernetes';

export function namespace(name: string, team?: string): FakeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, ...(team && { labels: { [labels.team]: team } }) },
  };
}

export function cpuNode(name: string): FakeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'node.kubernetes.io/instance-type': 't3.medium' },
    },
    spec: {},
    status: {
      capacity: { cpu: '2', memory: '3943400Ki', pods: '17' },
      allocatable: { cpu: '1930m', memory: '3388360Ki', pods: '17' },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

export function gpuNode(name: string): FakeObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'node.kubernetes.io/instance-type': 'g4dn.xlarge',
        'nvidia.com/gpu.product': 'Tesla-T4',
      },
    },
    spec: {},
    status: {
      capacity: { cpu: '4', memory: '16Gi', pods: '29', 'nvidia.com/gpu': '1' },
      allocatable: {
        cpu: '3920m',
        memory: '15Gi',
        pods: '29',
        'nvidia.com/gpu': '1',
      },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

export const storageClass: FakeObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'gp2',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: 'ebs.csi.aws.com',
  volumeBindingMode: 'WaitForFirstConsumer',
};

export const csiDriver: FakeObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSIDriver',
  metadata: { name: 'ebs.csi.aws.com' },
};

/** The smallest preset, for a team. */
export function specFor(
  team: string,
  name: string,
  changes: Partial<ModelDeploymentSpec['spec']> = {},
): ModelDeploymentSpec {
  return {
    apiVersion: 'llm-platform.dev/v1alpha1',
    kind: 'ModelDeployment',
    metadata: { name, namespace: team, team },
    spec: { ...presets[0].spec, ...changes },
  };
}

/** What the cluster has of a model that the portal has deployed and that is ready. */
export function deployedModel(spec: ModelDeploymentSpec): FakeObject[] {
  const profile = gpuProfiles.find(({ id }) => id === spec.spec.profile)!;
  const members = renderModelDeployment(spec, { profile });
  const parent = renderParentConfigMap(spec, {
    members,
    revisions: [
      {
        revision: 1,
        appliedAt: '2026-11-23T08:00:00.000Z',
        appliedBy: 'user:default/somebody',
        runId: 'run-0',
        spec,
      },
    ],
  });
  const { name, namespace: ns } = spec.metadata;
  const deployment = members.find(({ kind }) => kind === 'Deployment')!;
  const template = (deployment.spec as { template: FakeObject }).template;
  return [
    parent as FakeObject,
    ...(members as FakeObject[]).map(member =>
      member.kind === 'Deployment'
        ? {
            ...member,
            status: {
              observedGeneration: 1,
              replicas: 1,
              updatedReplicas: 1,
              readyReplicas: 1,
              availableReplicas: 1,
            },
          }
        : member,
    ),
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: `${name}-5d9c-x1`,
        namespace: ns,
        labels: template.metadata.labels,
        creationTimestamp: '2026-11-23T08:00:01Z',
      },
      spec: { ...(template.spec as object), nodeName: 'node-1' },
      status: {
        phase: 'Running',
        startTime: '2026-11-23T08:00:01Z',
        conditions: [
          { type: 'PodScheduled', status: 'True' },
          { type: 'Ready', status: 'True' },
        ],
        containerStatuses: [
          {
            name: (template.spec as { containers: Array<{ name: string }> })
              .containers[0].name,
            image: 'vllm',
            ready: true,
            started: true,
            restartCount: 0,
            state: { running: { startedAt: '2026-11-23T08:00:02Z' } },
          },
        ],
      },
    },
  ];
}

/** Label selector of the members of a model deployment. */
export function partOf(spec: ModelDeploymentSpec): Record<string, string> {
  return { [labels.applySetPartOf]: applySetId(spec.metadata) };
}
