import { V1Pod } from '@kubernetes/client-node';
import { NODES } from './definitions';
import { isIdle, isUnschedulable, podRequests, wouldFit } from './scaling';

const gpuNode = NODES[NODES.length - 1];

function gpuPod(more: Partial<V1Pod['spec']> = {}): V1Pod {
  return {
    metadata: { name: 'model' },
    spec: {
      tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
      containers: [
        {
          name: 'vllm',
          resources: {
            requests: { cpu: '2', memory: '12Gi' },
            limits: { cpu: '3', memory: '14Gi', 'nvidia.com/gpu': '1' },
          },
        },
      ],
      ...more,
    },
  };
}

describe('the nodes', () => {
  it('are four general ones, one with a GPU, and one more on demand', () => {
    const types = NODES.map(n => n.labels['node.kubernetes.io/instance-type']);
    expect(types.filter(t => t === 't3.medium')).toHaveLength(4);
    expect(types.filter(t => t === 'g4dn.xlarge')).toHaveLength(2);
    expect(NODES.filter(n => n.onDemand)).toEqual([gpuNode]);
    expect(new Set(NODES.map(n => n.name)).size).toBe(NODES.length);
    expect(new Set(NODES.map(n => n.index)).size).toBe(NODES.length);
  });
});

describe('whether a GPU node is wanted', () => {
  it('counts requests, or limits where there are none', () => {
    const requests = podRequests(gpuPod());
    expect(requests.get('cpu')).toBe(2);
    expect(requests.get('nvidia.com/gpu')).toBe(1);
  });

  it('is for a pod that would fit on it', () => {
    expect(wouldFit(gpuPod(), gpuNode)).toBe(true);
    expect(
      wouldFit(
        gpuPod({
          nodeSelector: { 'node.kubernetes.io/instance-type': 'g4dn.xlarge' },
        }),
        gpuNode,
      ),
    ).toBe(true);
  });

  it.each<[string, V1Pod]>([
    ['tolerates no GPU node', gpuPod({ tolerations: [] })],
    ['wants another type', gpuPod({ nodeSelector: { a: 'b' } })],
    ['asks for no GPU', gpuPod({ containers: [{ name: 'a', resources: {} }] })],
    [
      'asks for more GPUs than a node has',
      gpuPod({
        containers: [
          { name: 'a', resources: { limits: { 'nvidia.com/gpu': '2' } } },
        ],
      }),
    ],
    [
      'asks for more memory than a node has',
      gpuPod({
        containers: [
          {
            name: 'a',
            resources: {
              limits: { 'nvidia.com/gpu': '1', memory: '15.5Gi' },
            },
          },
        ],
      }),
    ],
    [
      'has an affinity to another zone',
      gpuPod({
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {
                  matchExpressions: [
                    {
                      key: 'topology.kubernetes.io/zone',
                      operator: 'In',
                      values: ['eu-central-1a'],
                    },
                  ],
                },
              ],
            },
          },
        },
      }),
    ],
  ])('is not for a pod that %s', (_, pod) => {
    expect(wouldFit(pod, gpuNode)).toBe(false);
  });

  it('is for pods that found no room, only', () => {
    const pending = (reason: string): V1Pod => ({
      status: {
        phase: 'Pending',
        conditions: [{ type: 'PodScheduled', status: 'False', reason }],
      },
    });
    expect(isUnschedulable(pending('Unschedulable'))).toBe(true);
    expect(isUnschedulable(pending('SchedulingGated'))).toBe(false);
    expect(
      isUnschedulable({
        ...pending('Unschedulable'),
        metadata: { deletionTimestamp: new Date() },
      }),
    ).toBe(false);
  });
});

describe('isIdle', () => {
  const on = (more: V1Pod): V1Pod => ({
    ...more,
    spec: { containers: [], nodeName: gpuNode.name },
  });

  it('doesn’t count pods of DaemonSets, nor ones that have ended', () => {
    expect(
      isIdle(gpuNode, [
        on({
          metadata: {
            ownerReferences: [
              { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'd', uid: '1' },
            ],
          },
        }),
        on({ status: { phase: 'Succeeded' } }),
        { spec: { containers: [], nodeName: 'other' } },
      ]),
    ).toBe(true);
    expect(isIdle(gpuNode, [on({ status: { phase: 'Pending' } })])).toBe(false);
  });
});
