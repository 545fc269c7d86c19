import { addons, runsOn } from './addons';
import { environmentNames, environments } from './environments';
import { gpuProfilesOf } from './gpuProfiles';
import { namespaces } from './namespaces';
import { GPU_TAINT, nodeGroup } from './nodeGroups';
import { storageClasses } from './storageClasses';

const size = { min: 0, desired: 0, max: 2 };

describe('node groups', () => {
  it('have an image with a driver where there is a GPU, or do not compile', () => {
    const gpu = { name: 'gpu', diskGiB: 100, size } as const;
    // @ts-expect-error incident 9: a GPU, and an image without its driver
    nodeGroup({
      ...gpu,
      instanceType: 'g4dn.xlarge',
      image: 'AL2023_x86_64_STANDARD',
    });
    // @ts-expect-error no GPU, and an image for one
    nodeGroup({
      ...gpu,
      instanceType: 't3.medium',
      image: 'AL2023_x86_64_NVIDIA',
    });
    // @ts-expect-error EKS has no Amazon Linux 2 for this Kubernetes
    nodeGroup({ ...gpu, instanceType: 'g4dn.xlarge', image: 'AL2_x86_64_GPU' });
    expect(
      nodeGroup({
        ...gpu,
        instanceType: 'g4dn.xlarge',
        image: 'BOTTLEROCKET_x86_64_NVIDIA',
      }),
    ).toMatchObject({
      labels: { 'nvidia.com/gpu.present': 'true' },
      taints: [GPU_TAINT],
    });
  });

  it.each(environmentNames)('of %s have sizes in order', name => {
    const { nodeGroups } = environments[name];
    expect(nodeGroups.map(group => group.name)).toEqual(['general', 'gpu']);
    for (const { size: group } of nodeGroups) {
      expect(group.min).toBeLessThanOrEqual(group.desired);
      expect(group.desired).toBeLessThanOrEqual(group.max);
    }
  });
});

describe('storage classes', () => {
  it('have one default, and it is served by the CSI driver', () => {
    expect(storageClasses.filter(({ isDefault }) => isDefault)).toEqual([
      expect.objectContaining({ name: 'gp3', provisioner: 'ebs.csi.aws.com' }),
    ]);
  });
});

describe('namespaces', () => {
  it('let only the agents of nodes do what a node does', () => {
    expect(
      namespaces
        .filter(({ podSecurity }) => podSecurity === 'privileged')
        .map(({ name }) => name),
    ).toEqual(['node-agents']);
  });
});

describe('add-ons', () => {
  it('run their DaemonSets on GPU nodes too', () => {
    const daemonSets = addons
      .flatMap(({ workloads }) => workloads)
      .filter(({ kind }) => kind === 'DaemonSet');
    expect(daemonSets.length).toBeGreaterThan(0);
    for (const workload of daemonSets) {
      expect(runsOn(workload, [GPU_TAINT])).toBe(true);
    }
  });

  it('keep Deployments off tainted nodes', () => {
    const [coredns] = addons.find(({ name }) => name === 'coredns')!.workloads;
    expect(runsOn(coredns, [GPU_TAINT])).toBe(false);
    expect(runsOn(coredns, [])).toBe(true);
  });
});

describe('GPU profiles', () => {
  it('offer what the groups are made of, and may grow as far as they', () => {
    const profiles = gpuProfilesOf(environments.dev);
    expect(
      profiles.map(({ id, minNodes, maxNodes }) => ({
        id,
        minNodes,
        maxNodes,
      })),
    ).toEqual([
      { id: 'cpu', minNodes: 2, maxNodes: 5 },
      { id: 't4', minNodes: 0, maxNodes: 2 },
      { id: 'a10g', minNodes: 0, maxNodes: 0 },
    ]);
    const [group] = environments.dev.nodeGroups.slice(-1);
    const [t4] = profiles.filter(({ id }) => id === 't4');
    expect(group.allocatable).toMatchObject(t4.allocatable);
  });
});
