import { instanceTypes } from './instanceTypes';
import { nodeCapacity } from './nodeCapacity';

describe('nodeCapacity', () => {
  it('is what EKS leaves of a t3.medium with 20 GiB', () => {
    expect(nodeCapacity(instanceTypes['t3.medium'], 20)).toEqual({
      capacity: {
        cpu: '2',
        memory: '3943400Ki',
        'ephemeral-storage': '20893676Ki',
        pods: '17',
      },
      allocatable: {
        cpu: '1930m',
        memory: '3388392Ki',
        'ephemeral-storage': '18181869946',
        pods: '17',
      },
    });
  });

  it('is what EKS leaves of a g4dn.xlarge, with its GPU', () => {
    const { capacity, allocatable } = nodeCapacity(
      instanceTypes['g4dn.xlarge'],
      100,
    );
    expect(capacity).toMatchObject({ cpu: '4', pods: '29' });
    expect(allocatable).toMatchObject({
      cpu: '3920m',
      // 255 + 11 × 29 + 100 Mi less than its capacity.
      memory: `${16093324 - 674 * 1024}Ki`,
      pods: '29',
      'nvidia.com/gpu': '1',
    });
  });

  it('reserves a quarter percent of each core above the fourth', () => {
    const eight = { ...instanceTypes['t3.medium'], vcpus: 8 };
    expect(nodeCapacity(eight, 20).allocatable.cpu).toBe('7910m');
  });
});
