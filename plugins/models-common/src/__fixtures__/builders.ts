import {
  gpuProfiles,
  presets,
  type GpuProfile,
  type KubeNode,
  type KubePod,
  type ModelDeploymentSpec,
} from '..';

/** A preset with metadata; `change` edits a copy. */
export function aSpec(
  preset: 'smollm2-135m' | 'mistral-7b-awq' = 'mistral-7b-awq',
  change: (spec: ModelDeploymentSpec) => void = () => {},
): ModelDeploymentSpec {
  const { spec } = presets.find(({ id }) => id === preset)!;
  const result: ModelDeploymentSpec = structuredClone({
    apiVersion: 'llm-platform.dev/v1alpha1',
    kind: 'ModelDeployment',
    metadata: { name: 'mistral', namespace: 'quant', team: 'quant' },
    spec,
  });
  change(result);
  return result;
}

export function profile(id: string): GpuProfile {
  return gpuProfiles.find(candidate => candidate.id === id)!;
}

export function gpuNode(name: string, gpus = 1): KubeNode {
  return {
    metadata: {
      name,
      labels: {
        'node.kubernetes.io/instance-type': 'g4dn.xlarge',
        'nvidia.com/gpu.present': 'true',
        'nvidia.com/gpu.product': 'Tesla-T4',
        'eks.amazonaws.com/nodegroup': 'gpu',
      },
    },
    spec: {
      taints: [{ key: 'nvidia.com/gpu', value: 'true', effect: 'NoSchedule' }],
    },
    status: {
      capacity: { 'nvidia.com/gpu': String(gpus) },
      allocatable: {
        'nvidia.com/gpu': String(gpus),
        cpu: '3920m',
        memory: '15Gi',
      },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

export function cpuNode(name: string): KubeNode {
  return {
    metadata: {
      name,
      labels: { 'node.kubernetes.io/instance-type': 't3.medium' },
    },
    status: {
      capacity: {},
      allocatable: { cpu: '1930m', memory: '3388360Ki' },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}

export interface PodOptions {
  name?: string;
  namespace?: string;
  model?: string;
  node?: string;
  gpus?: number;
  cpu?: string;
  memory?: string;
  phase?: string;
}

export function aPod(options: PodOptions = {}): KubePod {
  const { name = 'pod', namespace = 'quant', model, node, gpus = 0 } = options;
  return {
    metadata: {
      name,
      namespace,
      creationTimestamp: '2026-11-23T08:00:00Z',
      labels: model ? { 'llm-platform.dev/model': model } : {},
    },
    spec: {
      nodeName: node,
      containers: [
        {
          name: 'vllm',
          image: 'vllm/vllm-openai:v0.11.0',
          resources: {
            requests: {
              cpu: options.cpu ?? '0',
              memory: options.memory ?? '0',
              ...(gpus > 0 ? { 'nvidia.com/gpu': String(gpus) } : {}),
            },
          },
        },
      ],
    },
    status: { phase: options.phase ?? (node ? 'Running' : 'Pending') },
  };
}
