import { GroupSize, NodeGroup, nodeGroup } from './nodeGroups';

/** One overlay of the manifests, one cluster each. @public */
export type EnvironmentName = 'dev' | 'staging' | 'prod' | 'embedded';

/** @public */
export const environmentNames: readonly EnvironmentName[] = [
  'dev',
  'staging',
  'prod',
  'embedded',
];

/** Where the nodes are. @public */
export interface Environment {
  name: EnvironmentName;
  /** By name: `general` for everything, `gpu` for models. */
  nodeGroups: readonly NodeGroup[];
}

/** The environments: the same groups everywhere, in other sizes. @public */
export const environments: Readonly<Record<EnvironmentName, Environment>> = {
  dev: environment('dev', {
    general: { min: 2, desired: 4, max: 5 },
    gpu: { min: 0, desired: 0, max: 2 },
  }),
  staging: environment('staging', {
    general: { min: 2, desired: 4, max: 5 },
    gpu: { min: 0, desired: 0, max: 2 },
  }),
  prod: environment('prod', {
    general: { min: 4, desired: 5, max: 8 },
    gpu: { min: 1, desired: 1, max: 2 },
  }),
  // The first GPU node is always there: a model starts without a wait.
  embedded: environment('embedded', {
    general: { min: 4, desired: 4, max: 4 },
    gpu: { min: 1, desired: 1, max: 2 },
  }),
};

function environment(
  name: EnvironmentName,
  sizes: Record<'general' | 'gpu', GroupSize>,
): Environment {
  return {
    name,
    nodeGroups: [
      nodeGroup({
        name: 'general',
        instanceType: 't3.medium',
        image: 'AL2023_x86_64_STANDARD',
        diskGiB: 20,
        size: sizes.general,
      }),
      nodeGroup({
        name: 'gpu',
        instanceType: 'g4dn.xlarge',
        image: 'AL2023_x86_64_NVIDIA',
        // vLLM's image alone is some 10 GB, unpacked twice that.
        diskGiB: 100,
        size: sizes.gpu,
      }),
    ],
  };
}
