import { cpuKvCacheSpaceGiB } from '../fit/cpu';
import {
  GPU_RESOURCE,
  SERVICE_PORT,
  VLLM_CPU_IMAGE,
  VLLM_GPU_IMAGE,
} from '../labels';
import type { GpuProfile } from '../profiles/types';
import type { ModelArchitecture, ModelDeploymentSpec } from '../spec/types';

const CACHE_PATH = '/root/.cache/huggingface';

function flag(name: string, value: string | number | undefined): string[] {
  return value === undefined ? [] : [`--${name}`, String(value)];
}

/** vLLM's own flags; the image's entrypoint is its OpenAI server. */
export function vllmArgs(
  spec: ModelDeploymentSpec,
  profile: GpuProfile,
): string[] {
  const { model, engine } = spec.spec;
  const parallel = engine.tensorParallelSize ?? 1;
  return [
    ...flag('model', model.id),
    ...flag('revision', model.revision),
    ...flag('served-model-name', spec.metadata.name),
    ...flag('port', SERVICE_PORT),
    ...flag('dtype', engine.dtype),
    ...flag(
      'quantization',
      engine.quantization === 'none' ? undefined : engine.quantization,
    ),
    ...flag('max-model-len', engine.maxModelLen),
    ...flag(
      'gpu-memory-utilization',
      profile.gpu ? engine.gpuMemoryUtilization : undefined,
    ),
    ...flag('tensor-parallel-size', parallel > 1 ? parallel : undefined),
    ...flag('max-num-seqs', engine.maxNumSeqs),
    ...flag('max-num-batched-tokens', engine.maxNumBatchedTokens),
    ...flag('kv-cache-dtype', engine.kvCacheDtype),
    ...(engine.enforceEager ? ['--enforce-eager'] : []),
  ];
}

function environment(
  spec: ModelDeploymentSpec,
  profile: GpuProfile,
  architecture: ModelArchitecture | undefined,
) {
  const { tokenSecret } = spec.spec;
  return [
    { name: 'HF_HOME', value: CACHE_PATH },
    { name: 'VLLM_NO_USAGE_STATS', value: '1' },
    ...(profile.gpu
      ? []
      : [
          {
            name: 'VLLM_CPU_KVCACHE_SPACE',
            value: String(cpuKvCacheSpaceGiB(spec, architecture)),
          },
        ]),
    ...(tokenSecret
      ? [
          {
            name: 'HF_TOKEN',
            valueFrom: {
              secretKeyRef: {
                ...tokenSecret,
                // A gated model without its token fails at once, an open one doesn't need it.
                optional: architecture?.gated !== true,
              },
            },
          },
        ]
      : []),
  ];
}

function resources(spec: ModelDeploymentSpec, profile: GpuProfile) {
  const { requests, limits } = spec.spec.resources;
  // GPUs can't be overcommitted: request and limit must be equal.
  const gpus = profile.gpu
    ? { [GPU_RESOURCE]: String(spec.spec.engine.tensorParallelSize ?? 1) }
    : {};
  return {
    requests: { ...requests, ...gpus },
    limits: { ...limits, ...gpus },
  };
}

function probe(periodSeconds: number, failureThreshold: number) {
  return {
    httpGet: { path: '/health', port: 'http' },
    periodSeconds,
    failureThreshold,
    timeoutSeconds: 5,
  };
}

/** The one container of the model's pod. */
export function vllmContainer(
  spec: ModelDeploymentSpec,
  profile: GpuProfile,
  architecture: ModelArchitecture | undefined,
) {
  return {
    name: 'vllm',
    image: profile.gpu ? VLLM_GPU_IMAGE : VLLM_CPU_IMAGE,
    imagePullPolicy: 'IfNotPresent',
    args: vllmArgs(spec, profile),
    env: environment(spec, profile, architecture),
    ports: [{ name: 'http', containerPort: SERVICE_PORT, protocol: 'TCP' }],
    resources: resources(spec, profile),
    // 30 minutes: a cold start downloads the weights first.
    startupProbe: probe(5, 360),
    readinessProbe: probe(5, 3),
    livenessProbe: probe(10, 6),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [
      { name: 'cache', mountPath: CACHE_PATH },
      { name: 'shm', mountPath: '/dev/shm' },
    ],
  };
}
