import type { ClusterFacts } from './facts';
import { judgeDashboards } from './judgeDashboards';
import { judgeNodes } from './judgeNodes';
import { judgeStorage } from './judgeStorage';
import { judgeAddons, judgeServices } from './judgeWorkloads';
import { healthyFacts } from './testing/facts';

const judgeAll = (facts: ClusterFacts) => [
  ...judgeNodes(facts),
  ...judgeAddons(facts),
  ...judgeStorage(facts),
  ...judgeServices(facts),
  ...judgeDashboards(facts),
];

/** What isn't well after one change. */
function failuresAfter(change: (facts: ClusterFacts) => void) {
  const facts = healthyFacts();
  change(facts);
  return judgeAll(facts)
    .filter(({ status }) => status === 'failed')
    .map(({ name, detail }) => [name, detail]);
}

describe('the golden checks of what the cluster has', () => {
  it('are all well of a platform as it should be', () => {
    expect(failuresAfter(() => {})).toEqual([]);
    expect(judgeAll(healthyFacts()).every(r => r.status === 'passed')).toBe(
      true,
    );
  });

  it('find a GPU node without GPUs, by its instance type alone', () => {
    expect(
      failuresAfter(({ nodes }) => {
        nodes[1].status!.allocatable = {};
      }),
    ).toEqual([
      ['GPUs of gpu-1', expect.stringContaining('It offers no nvidia.com/gpu')],
    ]);
    expect(
      failuresAfter(({ nodes }) => {
        nodes[1].status!.allocatable = { 'nvidia.com/gpu': '0' };
      }),
    ).toHaveLength(1);
  });

  it('don’t miss GPU nodes that are scaled to zero', () => {
    const facts = healthyFacts();
    facts.nodes.pop();
    expect(judgeNodes(facts).at(-1)).toMatchObject({
      name: 'GPU nodes',
      status: 'skipped',
    });
  });

  it('find a node that is not ready, and a cluster without any', () => {
    expect(
      failuresAfter(({ nodes }) => {
        nodes[0].status!.conditions = [
          {
            type: 'Ready',
            status: 'Unknown',
            message: 'Kubelet stopped posting node status.',
          },
        ];
      }),
    ).toEqual([
      ['Node cpu-1', 'Not ready: Kubelet stopped posting node status.'],
    ]);
    expect(
      failuresAfter(facts => {
        facts.nodes = [];
      }),
    ).toEqual([['Nodes', 'There are none']]);
  });

  it('find a service that is gone, stopped or not ready, with the pod’s own words', () => {
    const service = (facts: ClusterFacts) =>
      facts.deployments.find(({ metadata }) => metadata?.name === 'quant-api')!;
    expect(
      failuresAfter(facts => {
        facts.deployments = facts.deployments.filter(d => d !== service(facts));
      }),
    ).toEqual([
      [
        'Deployment quant/quant-api',
        'It is not there: apply the platform again',
      ],
    ]);
    expect(
      failuresAfter(facts => {
        service(facts).spec!.replicas = 0;
      }),
    ).toEqual([
      ['Deployment quant/quant-api', 'It is scaled to zero: scale it up'],
    ]);
    expect(
      failuresAfter(facts => {
        service(facts).status = {};
        facts.pods.push({
          metadata: {
            name: 'quant-api-1',
            namespace: 'quant',
            labels: { 'app.kubernetes.io/name': 'quant-api' },
          },
          status: {
            containerStatuses: [
              {
                name: 'quant-api',
                image: '',
                imageID: '',
                ready: false,
                restartCount: 0,
                state: {
                  waiting: {
                    reason: 'ErrImagePull',
                    message: 'manifest unknown',
                  },
                },
              },
            ],
          },
        });
      }),
    ).toEqual([
      [
        'Deployment quant/quant-api',
        '0 of 1 ready: quant-api-1: ErrImagePull: manifest unknown',
      ],
    ]);
  });

  it('find a device plugin that is missing, and skip one that no node is for', () => {
    const plugin = (facts: ClusterFacts) =>
      facts.daemonSets.find(
        ({ metadata }) => metadata?.name === 'nvidia-device-plugin-daemonset',
      )!;
    expect(
      failuresAfter(facts => {
        plugin(facts).status!.numberAvailable = undefined;
      }),
    ).toEqual([
      [
        'DaemonSet kube-system/nvidia-device-plugin-daemonset',
        'on 0 of 1 nodes',
      ],
    ]);
    const facts = healthyFacts();
    plugin(facts).status!.desiredNumberScheduled = 0;
    expect(judgeAddons(facts)[0].status).toBe('skipped');
  });

  it('find a StorageClass that is removed, and say so of the claims that wait for it', () => {
    expect(
      failuresAfter(facts => {
        facts.storageClasses.shift();
        facts.claims[0].status = { phase: 'Pending' };
      }),
    ).toEqual([
      ['StorageClass gp3', expect.stringContaining('It is not there')],
      ['Default StorageClass', expect.stringContaining('There is none')],
      ['Volume platform/data', 'Pending: there is no StorageClass gp3'],
    ]);
  });

  it('find a missing driver, which the in-tree provisioner needs too', () => {
    expect(
      failuresAfter(facts => {
        facts.csiDrivers = [];
      }).map(([name]) => name),
    ).toEqual(['StorageClass gp3', 'StorageClass gp2']);
  });

  it('find two default classes', () => {
    expect(
      failuresAfter(({ storageClasses }) => {
        storageClasses[1].metadata!.annotations = {
          'storageclass.kubernetes.io/is-default-class': 'true',
        };
      }),
    ).toEqual([['Default StorageClass', 'gp3, gp2']]);
  });

  const ofPortal = {
    'app.kubernetes.io/part-of': 'llm-platform',
    'app.kubernetes.io/managed-by': 'llm-platform-portal',
  };

  it('leave what teams have deployed to the teams', () => {
    expect(
      failuresAfter(({ claims, deployments }) => {
        for (const labels of [ofPortal, {}]) {
          const metadata = { namespace: 'quant', name: 'theirs', labels };
          claims.push({ metadata, status: { phase: 'Pending' } });
          deployments.push({ metadata });
        }
      }),
    ).toEqual([]);
  });

  it('look at what this installation has beside the expected', () => {
    expect(
      failuresAfter(({ deployments }) => {
        deployments.push({
          metadata: {
            namespace: 'platform',
            name: 'portal',
            labels: { 'app.kubernetes.io/part-of': 'llm-platform' },
          },
        });
      }),
    ).toEqual([['Deployment platform/portal', '0 of 1 ready']]);
  });

  it.each([
    ['nothing', {}, 'The ConfigMap dashboards-1 is empty'],
    ['no JSON', { 'a.json': '{' }, 'This is no dashboard with panels'],
    ['no panels', { 'a.json': '{}' }, 'This is no dashboard with panels'],
  ])('find dashboards with %s', (_, data, detail) => {
    expect(
      failuresAfter(({ configMaps }) => {
        configMaps[0].data = data as Record<string, string>;
      }),
    ).toEqual([[expect.stringMatching(/^Dashboard/), detail]]);
  });

  it('find dashboards that nobody made', () => {
    expect(
      failuresAfter(facts => {
        facts.configMaps = [];
      }),
    ).toEqual([
      [
        'Dashboards',
        expect.stringContaining('The ConfigMap dashboards-1 is not there'),
      ],
    ]);
  });
});
