import fc from 'fast-check';
import { gpuNode, aPod, cpuNode } from '../__fixtures__/builders';
import type { KubeNode, KubePod } from '../kube';
import { computeGpuAllocation, type AllocationFacts } from '.';

function facts(
  nodes: KubeNode[],
  pods: KubePod[],
  namespaceTeams: Record<string, string> = { quant: 'quant', eval: 'eval' },
): AllocationFacts {
  return { cluster: 'c', nodes, pods, namespaceTeams };
}

describe('who holds what', () => {
  const held = aPod({ name: 'a', model: 'mistral', node: 'n1', gpus: 1 });
  it.each<[string, KubePod[], object]>([
    ['nothing', [], { allocated: 0, pending: 0, free: 2 }],
    ['a running pod', [held], { allocated: 1, pending: 0, free: 1 }],
    [
      'a pod that is still pulling its image',
      [aPod({ node: 'n1', gpus: 1, phase: 'Pending' })],
      { allocated: 1, pending: 0, free: 1 },
    ],
    [
      'finished pods',
      ['Succeeded', 'Failed'].map(phase =>
        aPod({ node: 'n1', gpus: 1, phase }),
      ),
      { allocated: 0, pending: 0, free: 2 },
    ],
    [
      'a pod that no node has taken',
      [held, aPod({ gpus: 2 })],
      { allocated: 1, pending: 2, free: 1 },
    ],
    [
      'a pod that is being deleted',
      [
        {
          ...held,
          metadata: { ...held.metadata, deletionTimestamp: new Date() },
        },
      ],
      { allocated: 1, pending: 0, free: 1 },
    ],
    ['pods without GPUs', [aPod({ node: 'n1' })], { allocated: 0, free: 2 }],
    [
      'a pod of a node that is gone',
      [aPod({ node: 'gone', gpus: 1 })],
      { allocated: 1, free: 2 },
    ],
  ])('%s', (_, pods, expected) => {
    const { total } = computeGpuAllocation({
      clusters: [facts([gpuNode('n1'), gpuNode('n2'), cpuNode('n3')], pods)],
    });
    expect(total).toMatchObject({ capacity: 2, ...expected });
  });

  it.each<[string, (node: KubeNode) => void, string]>([
    [
      'cordoned',
      node => {
        node.spec!.unschedulable = true;
      },
      'cordoned',
    ],
    [
      'not ready',
      node => {
        node.status!.conditions![0].status = 'Unknown';
      },
      'not-ready',
    ],
    [
      'just joined',
      node => {
        node.status!.conditions = [];
      },
      'joining',
    ],
    [
      'without a device plugin yet',
      node => {
        node.status!.capacity = {};
      },
      'joining',
    ],
  ])('offers nothing on a node that is %s', (_, change, state) => {
    const node = gpuNode('n1');
    change(node);
    const { byNode, total } = computeGpuAllocation({
      clusters: [facts([node], [])],
    });
    expect(byNode).toMatchObject([{ name: 'n1', state }]);
    expect(total.free).toBe(0);
  });

  it('counts init containers, sidecars and limits as the scheduler does', () => {
    const pod = aPod({ node: 'n1' });
    const gpus = (count: number) => ({
      name: 'x',
      resources: { limits: { 'nvidia.com/gpu': String(count) } },
    });
    pod.spec!.containers = [gpus(1)];
    pod.spec!.initContainers = [
      { ...gpus(1), restartPolicy: 'Always' },
      gpus(3),
    ];
    const { total } = computeGpuAllocation({
      clusters: [facts([gpuNode('n1', 8)], [pod])],
    });
    expect(total.allocated).toBe(4);
  });

  it('tells why a pod waits, and for which GPU', () => {
    const pod = aPod({ name: 'w', model: 'm', gpus: 1 });
    pod.spec!.nodeSelector = {
      'node.kubernetes.io/instance-type': 'g4dn.xlarge',
    };
    pod.status!.conditions = [
      {
        type: 'PodScheduled',
        status: 'False',
        message: '0/5 nodes are available: 1 Insufficient nvidia.com/gpu.',
      },
    ];
    const { pending, byProduct } = computeGpuAllocation({
      clusters: [facts([gpuNode('n1')], [pod])],
    });
    expect(pending).toEqual([
      {
        cluster: 'c',
        namespace: 'quant',
        pod: 'w',
        team: 'quant',
        model: 'm',
        gpus: 1,
        reason: '0/5 nodes are available: 1 Insufficient nvidia.com/gpu.',
        since: '2026-11-23T08:00:00.000Z',
      },
    ]);
    expect(byProduct).toEqual([
      {
        product: 'Tesla-T4',
        counts: { capacity: 1, allocated: 0, pending: 1, free: 1 },
      },
    ]);
  });
});

describe('what a viewer may see', () => {
  const pods = [
    aPod({ name: 'mine', model: 'my-model', node: 'n1', gpus: 1 }),
    aPod({
      name: 'secret-pod',
      namespace: 'eval',
      model: 'secret-model',
      node: 'n2',
      gpus: 1,
    }),
    aPod({
      name: 'secret-wait',
      namespace: 'eval',
      model: 'secret-two',
      gpus: 1,
    }),
  ];
  const clusters = [facts([gpuNode('n1'), gpuNode('n2')], pods)];
  const everything = computeGpuAllocation({ clusters });
  const limited = computeGpuAllocation({ clusters, viewerTeams: ['quant'] });

  it('names nothing of other teams', () => {
    expect(JSON.stringify(everything)).toContain('secret');
    expect(JSON.stringify(limited)).not.toContain('secret');
    expect(JSON.stringify(limited)).toContain('my-model');
  });

  it('keeps every count', () => {
    expect(limited.total).toEqual(everything.total);
    expect(limited.byTeam).toEqual(everything.byTeam);
    expect(limited.byProduct).toEqual(everything.byProduct);
    expect(limited.byNode.map(({ counts }) => counts)).toEqual(
      everything.byNode.map(({ counts }) => counts),
    );
    expect(limited.byModel).toEqual([
      { team: 'eval', model: '', allocated: 1, pending: 1 },
      { team: 'quant', model: 'my-model', allocated: 1, pending: 0 },
    ]);
  });
});

/* ---- generated pod sets, against a computation that shares nothing with the code ---- */

const generated = fc.record({
  nodes: fc.array(
    fc.record({
      gpus: fc.integer({ min: 0, max: 8 }),
      ready: fc.boolean(),
      cordoned: fc.boolean(),
    }),
    { maxLength: 6 },
  ),
  pods: fc.array(
    fc.record({
      gpus: fc.integer({ min: 0, max: 4 }),
      node: fc.option(fc.nat({ max: 7 }), { nil: undefined }),
      namespace: fc.constantFrom('quant', 'eval', 'kube-system'),
      model: fc.constantFrom('a', 'b', undefined),
      phase: fc.constantFrom(
        'Pending',
        'Running',
        'Succeeded',
        'Failed',
        'Unknown',
      ),
    }),
    { maxLength: 25 },
  ),
  viewerTeams: fc.constantFrom<string[] | undefined>(undefined, ['quant'], []),
});

it('equals a naive count for 200 generated pod sets', () => {
  fc.assert(
    fc.property(generated, ({ nodes, pods, viewerTeams }) => {
      const result = computeGpuAllocation({
        viewerTeams,
        clusters: [
          facts(
            nodes.map(({ gpus, ready, cordoned }, i) => {
              const node = gpuNode(`n${i}`, gpus);
              node.status!.conditions![0].status = ready ? 'True' : 'False';
              node.spec!.unschedulable = cordoned;
              return node;
            }),
            pods.map(({ node, ...pod }, i) =>
              aPod({
                ...pod,
                name: `p${i}`,
                node: node === undefined ? undefined : `n${node}`,
              }),
            ),
          ),
        ],
      });
      let [capacity, allocated, pending, free] = [0, 0, 0, 0];
      const heldOn = new Array(8).fill(0);
      const teams: Record<string, { allocated: number; pending: number }> = {};
      for (const { gpus, node, namespace, phase } of pods) {
        if (gpus === 0 || phase === 'Succeeded' || phase === 'Failed') continue;
        const team = namespace === 'kube-system' ? 'no team' : namespace;
        teams[team] ??= { allocated: 0, pending: 0 };
        if (node === undefined) {
          pending += gpus;
          teams[team].pending += gpus;
        } else {
          allocated += gpus;
          teams[team].allocated += gpus;
          heldOn[node] += gpus;
        }
      }
      nodes.forEach(({ gpus, ready, cordoned }, i) => {
        capacity += gpus;
        if (ready && !cordoned && gpus > heldOn[i]) free += gpus - heldOn[i];
      });
      expect(result.total).toEqual({ capacity, allocated, pending, free });
      expect(
        Object.fromEntries(
          result.byTeam.map(({ team, ...sums }) => [team, sums]),
        ),
      ).toEqual(teams);
      const modelSum = result.byModel.reduce(
        (sum, row) => sum + row.allocated,
        0,
      );
      expect(modelSum).toBe(allocated);
    }),
    { numRuns: 200, seed: 7 },
  );
});
