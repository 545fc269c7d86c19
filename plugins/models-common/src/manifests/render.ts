import { annotations, labels, SERVICE_PORT } from '../labels';
import type { GpuProfile } from '../profiles/types';
import type { ModelArchitecture, ModelDeploymentSpec } from '../spec/types';
import { vllmContainer } from './container';
import {
  commonLabels,
  memberLabels,
  selectorLabels,
  volumeClaimName,
} from './names';
import type { KubernetesObject } from './types';

/** @public */
export interface RenderOptions {
  profile: GpuProfile;
  /** Sizes the KV cache of CPU models and makes a gated model's token mandatory. */
  architecture?: ModelArchitecture;
}

function renderVolumeClaim(spec: ModelDeploymentSpec): KubernetesObject {
  const { size, storageClassName } = spec.spec.storage;
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      name: volumeClaimName(spec.metadata.name),
      namespace: spec.metadata.namespace,
      labels: memberLabels(spec),
    },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: size } },
      ...(storageClassName ? { storageClassName } : {}),
    },
  };
}

function renderService(spec: ModelDeploymentSpec): KubernetesObject {
  const { name, namespace } = spec.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace,
      labels: { ...memberLabels(spec), [labels.route]: name },
      annotations: { [annotations.modelId]: spec.spec.model.id },
    },
    spec: {
      selector: selectorLabels(name),
      ports: [
        {
          name: 'http',
          port: SERVICE_PORT,
          targetPort: 'http',
          protocol: 'TCP',
        },
      ],
    },
  };
}

function podSpec(spec: ModelDeploymentSpec, options: RenderOptions) {
  const { profile, architecture } = options;
  return {
    // A Service named "vllm" would otherwise set VLLM_PORT and break vLLM's start.
    enableServiceLinks: false,
    automountServiceAccountToken: false,
    terminationGracePeriodSeconds: 60,
    nodeSelector: profile.nodeSelector,
    ...(profile.tolerations.length > 0
      ? { tolerations: profile.tolerations }
      : {}),
    securityContext: {
      // The cache volume comes root-owned (incident 3).
      fsGroup: 2000,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [vllmContainer(spec, profile, architecture)],
    volumes: [
      {
        name: 'cache',
        persistentVolumeClaim: {
          claimName: volumeClaimName(spec.metadata.name),
        },
      },
      {
        name: 'shm',
        emptyDir: {
          medium: 'Memory',
          sizeLimit: profile.gpu ? '1Gi' : '256Mi',
        },
      },
    ],
  };
}

function renderDeployment(
  spec: ModelDeploymentSpec,
  options: RenderOptions,
): KubernetesObject {
  const { name, namespace } = spec.metadata;
  const described = {
    [annotations.profile]: options.profile.id,
    [annotations.modelId]: spec.spec.model.id,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace,
      labels: memberLabels(spec),
      annotations: described,
    },
    spec: {
      replicas: spec.spec.replicas,
      revisionHistoryLimit: 3,
      // Longer than the startup probe, or a slow download would count as a failed rollout.
      progressDeadlineSeconds: 2400,
      // A rolling update would wait for a second GPU, and for a volume that one node holds.
      strategy: { type: 'Recreate' },
      selector: { matchLabels: selectorLabels(name) },
      template: {
        metadata: { labels: commonLabels(spec), annotations: described },
        spec: podSpec(spec, options),
      },
    },
  };
}

/**
 * The members of one model deployment, in the order of applying: PVC `<name>-cache`, Service,
 * Deployment. All carry the ApplySet's part-of label. The parent ConfigMap is
 * {@link renderParentConfigMap}.
 *
 * @public
 */
export function renderModelDeployment(
  spec: ModelDeploymentSpec,
  options: RenderOptions,
): KubernetesObject[] {
  return [
    renderVolumeClaim(spec),
    renderService(spec),
    renderDeployment(spec, options),
  ];
}
