import { environments } from '@llm-platform/platform';
import { NODES } from './definitions';

const group = (name: string) =>
  NODES.filter(({ labels }) => labels['eks.amazonaws.com/nodegroup'] === name);

describe('the nodes of the embedded cluster', () => {
  it.each(environments.embedded.nodeGroups.map(g => [g.name, g] as const))(
    'are those of the declared group %s',
    (name, { size, capacity, allocatable, labels, taints, instanceType }) => {
      const nodes = group(name);
      expect(nodes).toHaveLength(size.max);
      expect(nodes.filter(({ onDemand }) => !onDemand)).toHaveLength(
        size.desired,
      );
      for (const node of nodes) {
        expect(node).toMatchObject({ capacity, allocatable, taints });
        expect(node.labels).toMatchObject({
          ...labels,
          'node.kubernetes.io/instance-type': instanceType,
        });
      }
    },
  );

  it('keep the names that pods of an older cluster are on', () => {
    expect(NODES.map(({ name, index }) => `${index} ${name}`)).toEqual([
      '0 ip-10-0-1-11.us-west-2.compute.internal',
      '1 ip-10-0-2-12.us-west-2.compute.internal',
      '2 ip-10-0-1-13.us-west-2.compute.internal',
      '3 ip-10-0-2-14.us-west-2.compute.internal',
      '4 ip-10-0-1-21.us-west-2.compute.internal',
      '5 ip-10-0-1-22.us-west-2.compute.internal',
    ]);
  });

  it('have their GPUs in one zone, where the volumes of models are', () => {
    expect(
      new Set(
        group('gpu').map(({ labels }) => labels['topology.kubernetes.io/zone']),
      ),
    ).toHaveProperty('size', 1);
  });
});
