import {
  GpuProfile,
  ModelDeploymentSpec,
  computeFit,
  gpuProfiles,
} from '@llm-platform/plugin-models-common';
import type { V1Container } from '@kubernetes/client-node';
import type { Problem } from '../references';
import { RenderedObject, Workload, nameOf, workloadsOf } from '../rendered';

const MODEL_LABEL = 'llm-platform.dev/model';
const GPU = 'nvidia.com/gpu';

/**
 * Every model on a GPU has memory left for its KV cache there (incident 16),
 * by the portal's own computation.
 *
 * @public
 */
export function checkModelsFit(objects: RenderedObject[]): Problem[] {
  return workloadsOf(objects).flatMap(workload => {
    const [container] = workload.template.spec.containers;
    if (
      !workload.template.metadata?.labels?.[MODEL_LABEL] ||
      !container.resources?.limits?.[GPU]
    ) {
      return [];
    }
    const at = nameOf(workload.object);
    const profile = profileOf(workload);
    if (!profile) {
      return [
        {
          at,
          message:
            'asks for a GPU, but its nodeSelector does not say of which kind: name nvidia.com/gpu.product or node.kubernetes.io/instance-type',
        },
      ];
    }
    const { verdict, summary } = computeFit({
      spec: specOf(workload, container, profile),
      profile,
    });
    return verdict === 'does-not-fit' ? [{ at, message: summary }] : [];
  });
}

function profileOf({ template }: Workload): GpuProfile | undefined {
  const selector = template.spec.nodeSelector ?? {};
  return gpuProfiles.find(
    ({ gpu, nodeSelector }) =>
      gpu &&
      (selector['nvidia.com/gpu.product'] === gpu.product ||
        Object.entries(nodeSelector).some(
          ([key, value]) => selector[key] === value,
        )),
  );
}

function specOf(
  { object }: Workload,
  { args = [], resources }: V1Container,
  profile: GpuProfile,
): ModelDeploymentSpec {
  const { name, namespace = '' } = object.metadata;
  const flags = readFlags(args);
  const number = (flag: string, otherwise: number) =>
    Number(flags.get(flag) ?? otherwise);
  const amounts = (kind: 'requests' | 'limits') => ({
    cpu: resources?.[kind]?.cpu ?? '0',
    memory: resources?.[kind]?.memory ?? '0',
  });
  type Engine = ModelDeploymentSpec['spec']['engine'];
  return {
    apiVersion: 'llm-platform.dev/v1alpha1',
    kind: 'ModelDeployment',
    metadata: { name, namespace, team: namespace },
    spec: {
      model: { id: flags.get('model') ?? '' },
      profile: profile.id,
      replicas: 1,
      engine: {
        quantization: (flags.get('quantization') ??
          'none') as Engine['quantization'],
        dtype: (flags.get('dtype') ?? 'auto') as Engine['dtype'],
        maxModelLen: number('max-model-len', 4096),
        gpuMemoryUtilization: number('gpu-memory-utilization', 0.9),
        tensorParallelSize: number('tensor-parallel-size', 1),
      },
      resources: { requests: amounts('requests'), limits: amounts('limits') },
      storage: { size: '1Gi' },
    },
  };
}

/** `--name=value` and `--name value`. */
function readFlags(args: string[]): Map<string, string> {
  const flags = new Map<string, string>();
  args.forEach((arg, i) => {
    const [, name, value] = /^--([\w-]+)(?:=(.*))?$/.exec(arg) ?? [];
    if (name) {
      flags.set(name, value ?? args[i + 1] ?? '');
    }
  });
  return flags;
}
