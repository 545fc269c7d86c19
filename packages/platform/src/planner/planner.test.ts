import { AddonDeclaration, Environment, nodeGroup } from '../declarations';
import { parseObjects } from '../rendered';
import { checkQuotas, formatPlan, planCapacity } from '.';

type Sizes = { desired: number; max?: number };

function environment(general: Sizes, gpu: Sizes = { desired: 0 }): Environment {
  const size = ({ desired, max = desired }: Sizes) => ({
    min: 0,
    desired,
    max,
  });
  return {
    name: 'dev',
    nodeGroups: [
      nodeGroup({
        name: 'general',
        instanceType: 't3.medium',
        image: 'AL2023_x86_64_STANDARD',
        diskGiB: 20,
        size: size(general),
      }),
      nodeGroup({
        name: 'gpu',
        instanceType: 'g4dn.xlarge',
        image: 'AL2023_x86_64_NVIDIA',
        diskGiB: 100,
        size: size(gpu),
      }),
    ],
  };
}

/** A t3.medium offers 1930m, some 3.2Gi and 17 pods; a g4dn.xlarge 3920m and 14.7Gi. */
function workload(
  name: string,
  options: {
    kind?: string;
    replicas?: number;
    cpu?: string;
    memory?: string;
    gpu?: boolean;
    tolerates?: boolean;
    image?: string;
    spec?: object;
    pod?: object;
  } = {},
) {
  const { kind = 'Deployment', replicas = 1, gpu = false } = options;
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace: 'quant' },
    spec: {
      ...(kind === 'DaemonSet' ? {} : { replicas }),
      ...options.spec,
      template: {
        metadata: { labels: { app: name } },
        spec: {
          ...((options.tolerates ?? gpu) && {
            tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists' }],
          }),
          containers: [
            {
              name,
              image: options.image ?? 'x:1',
              resources: {
                requests: {
                  cpu: options.cpu ?? '100m',
                  memory: options.memory ?? '64Mi',
                },
                ...(gpu && { limits: { 'nvidia.com/gpu': 1 } }),
              },
            },
          ],
          ...options.pod,
        },
      },
    },
  };
}

const devicePlugin = (tolerates = true) =>
  workload('device-plugin', {
    kind: 'DaemonSet',
    image: 'nvcr.io/nvidia/k8s-device-plugin:v0.17.1',
    cpu: '10m',
    tolerates,
  });

const recreate = { strategy: { type: 'Recreate' } };

function plan(
  objects: object[],
  nodes: Environment,
  addons: AddonDeclaration[] = [],
) {
  return planCapacity({
    objects: parseObjects(objects.map(o => JSON.stringify(o)).join('\n---\n')),
    environment: nodes,
    addons,
  });
}

/** The messages of what finds no node, the updates' after those of the start. */
function refusals(...args: Parameters<typeof plan>): string[] {
  const { unscheduled, rollouts } = plan(...args);
  return [
    ...unscheduled.map(({ owner, message }) => `${owner}: ${message}`),
    ...rollouts.flatMap(({ problem }) =>
      problem ? [`update of ${problem.owner}: ${problem.message}`] : [],
    ),
  ];
}

describe('places by what is left', () => {
  it.each<
    [string, { cpu?: string; memory?: string; replicas: number }, number]
  >([
    ['CPU', { cpu: '900m', replicas: 4 }, 2],
    ['CPU, one too many', { cpu: '900m', replicas: 5 }, 3],
    ['memory', { memory: '1500Mi', replicas: 4 }, 2],
    ['memory, one too many', { memory: '1500Mi', replicas: 5 }, 3],
    ['pods', { cpu: '1m', memory: '1Mi', replicas: 34 }, 2],
    ['pods, one too many', { cpu: '1m', memory: '1Mi', replicas: 35 }, 3],
  ])('%s', (_, options, nodes) => {
    const objects = [workload('api', { ...options, spec: recreate })];

    expect(plan(objects, environment({ desired: nodes })).unscheduled).toEqual(
      [],
    );
    expect(
      plan(objects, environment({ desired: nodes - 1 })).unscheduled,
    ).toHaveLength(1);
  });
});

it('says what was asked for and what there is, in the scheduler’s words', () => {
  expect(
    refusals(
      [workload('api', { cpu: '1500m', replicas: 3, spec: recreate })],
      environment({ desired: 2 }, { desired: 1 }),
    ),
  ).toEqual([
    'Deployment quant/api: asks for 1500m CPU, 64Mi: 0/3 nodes are available: 2 Insufficient cpu, 1 had untolerated taint {nvidia.com/gpu: true}. The most that a node for it offers is 1930m CPU, 3.2Gi, and has left 430m CPU, 3.2Gi. Lower the requests, or let the node group have more nodes.',
  ]);
});

it('lets a group grow up to its maximum, and says so', () => {
  const objects = [workload('api', { cpu: '1', replicas: 3, spec: recreate })];

  const grown = plan(objects, environment({ desired: 2, max: 3 }));
  expect(grown.unscheduled).toEqual([]);
  expect(grown.nodes.map(({ joined }) => joined)).toEqual([false, false, true]);
  expect(formatPlan(grown).join('\n')).toMatch(
    /general-3 +t3\.medium +1\/17 +1\/1930m +64Mi\/3\.2Gi +0\/0 +joins on demand/,
  );
  expect(refusals(objects, environment({ desired: 2 }))).toHaveLength(1);
});

it('counts the DaemonSets and add-ons on every node that they run on', () => {
  const objects = (cpu: string) => [
    workload('agent', { kind: 'DaemonSet', cpu: '500m' }),
    workload('api', { cpu, spec: recreate }),
  ];
  const addons: AddonDeclaration[] = [
    {
      name: 'cni',
      source: 'eks',
      workloads: [
        {
          kind: 'DaemonSet',
          name: 'cni',
          requests: { cpu: '30m' },
          tolerates: 'all',
          hostNetwork: true,
        },
        {
          kind: 'Deployment',
          name: 'dns',
          replicas: 2,
          requests: { cpu: '100m' },
          tolerates: 'none',
          hostNetwork: false,
        },
      ],
    },
  ];

  expect(
    refusals(objects('1200m'), environment({ desired: 1 }), addons),
  ).toEqual([]);
  expect(
    refusals(objects('1201m'), environment({ desired: 1 }), addons),
  ).toHaveLength(1);
});

describe('a rolling update', () => {
  it('needs room for the pods that it makes before it ends the old ones', () => {
    const objects = [workload('api', { cpu: '1' })];

    expect(refusals(objects, environment({ desired: 2 }))).toEqual([]);
    expect(refusals(objects, environment({ desired: 1 }))).toEqual([
      expect.stringContaining(
        'update of Deployment quant/api: asks for 1 CPU, 64Mi: 0/1 nodes are available: 1 Insufficient cpu',
      ),
    ]);
  });

  it.each<[string, object]>([
    ['recreates', recreate],
    [
      'ends old ones first',
      { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } },
    ],
  ])('needs none where it %s', (_, spec) => {
    expect(
      refusals(
        [workload('api', { cpu: '1', spec })],
        environment({ desired: 1 }),
      ),
    ).toEqual([]);
  });

  it('is refused where it could never go on', () => {
    expect(
      refusals(
        [
          workload('api', {
            spec: {
              strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } },
            },
          }),
        ],
        environment({ desired: 1 }),
      ),
    ).toEqual([
      'update of Deployment quant/api: its update can neither make a pod more nor end one before. Set maxSurge or maxUnavailable to at least 1',
    ]);
  });

  it('makes the share of its pods that it says, rounded up', () => {
    const objects = [
      workload('api', {
        cpu: '600m',
        replicas: 3,
        spec: { strategy: { rollingUpdate: { maxSurge: '50%' } } },
      }),
    ];

    expect(plan(objects, environment({ desired: 2 })).rollouts).toEqual([
      { owner: 'Deployment quant/api', surge: 2, joined: 0 },
    ]);
  });
});

describe('a GPU', () => {
  const model = workload('model', {
    gpu: true,
    cpu: '2',
    memory: '12Gi',
    spec: recreate,
  });
  const nodes = environment({ desired: 1 }, { desired: 0, max: 1 });

  it('is there where the device plugin runs, also on a node that joins', () => {
    expect(refusals([devicePlugin(), model], nodes)).toEqual([]);
  });

  it.each([
    ['no device plugin', [model]],
    ['one that does not tolerate the taint', [devicePlugin(false), model]],
  ])('is missing with %s', (_, objects) => {
    expect(refusals(objects, nodes)).toEqual([
      expect.stringMatching(
        /Insufficient nvidia\.com\/gpu.*a DaemonSet of the NVIDIA device plugin must run on these nodes and tolerate their taint\.$/,
      ),
    ]);
  });

  it('is held by one pod alone', () => {
    expect(
      refusals(
        [
          devicePlugin(),
          model,
          { ...model, metadata: { ...model.metadata, name: 'other' } },
        ],
        nodes,
      ),
    ).toEqual([expect.stringContaining('Insufficient nvidia.com/gpu')]);
  });
});

it('counts at the most that an autoscaler makes', () => {
  const objects = [
    workload('api', { cpu: '900m', spec: recreate }),
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'api', namespace: 'quant' },
      spec: {
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'api',
        },
        maxReplicas: 3,
      },
    },
  ];

  expect(refusals(objects, environment({ desired: 2 }))).toEqual([]);
  expect(refusals(objects, environment({ desired: 1 }))).toHaveLength(1);
});

it('counts what a container gets by its namespace, and a limit as a request', () => {
  const bare = (resources: object) =>
    workload('api', {
      replicas: 2,
      spec: recreate,
      pod: { containers: [{ name: 'api', image: 'x:1', resources }] },
    });
  const limitRange = {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: { name: 'defaults', namespace: 'quant' },
    spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '1' } }] },
  };

  expect(refusals([bare({})], environment({ desired: 1 }))).toEqual([]);
  expect(
    refusals([limitRange, bare({})], environment({ desired: 1 })),
  ).toHaveLength(1);
  expect(
    refusals([bare({ limits: { cpu: '1' } })], environment({ desired: 1 })),
  ).toHaveLength(1);
});

it.each<[string, object, number]>([
  [
    'a node selector',
    { nodeSelector: { 'node.kubernetes.io/instance-type': 'm5.large' } },
    1,
  ],
  [
    'a node affinity',
    {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  {
                    key: 'eks.amazonaws.com/nodegroup',
                    operator: 'NotIn',
                    values: ['general'],
                  },
                ],
              },
            ],
          },
        },
      },
    },
    1,
  ],
  [
    'an anti-affinity',
    {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            {
              labelSelector: { matchLabels: { app: 'api' } },
              topologyKey: 'kubernetes.io/hostname',
            },
          ],
        },
      },
    },
    1,
  ],
  [
    'a spread that can be kept',
    {
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'DoNotSchedule',
          labelSelector: { matchLabels: { app: 'api' } },
        },
      ],
    },
    0,
  ],
])('obeys %s', (_, pod, problems) => {
  const objects = [workload('api', { replicas: 3, spec: recreate, pod })];

  expect(plan(objects, environment({ desired: 2 })).unscheduled).toHaveLength(
    problems,
  );
});

it('places the important first', () => {
  const objects = [
    workload('batch', { cpu: '1500m', spec: recreate }),
    workload('gateway', {
      cpu: '1500m',
      spec: recreate,
      pod: {
        priorityClassName: 'serving',
        containers: [
          {
            name: 'g',
            image: 'x:1',
            resources: { requests: { cpu: '1500m' } },
          },
        ],
      },
    }),
    {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'serving' },
      value: 1000,
    },
  ];

  expect(
    plan(objects, environment({ desired: 1 })).unscheduled.map(p => p.owner),
  ).toEqual(['Deployment quant/batch']);
});

describe('a quota', () => {
  const quota = (hard: object) => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'quota', namespace: 'quant' },
    spec: { hard },
  });
  const claim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'data', namespace: 'quant' },
    spec: { resources: { requests: { storage: '10Gi' } } },
  };
  const messages = (hard: object) =>
    checkQuotas(
      parseObjects(
        [
          quota(hard),
          claim,
          // Two, and one more while it is updated.
          workload('api', { replicas: 2, cpu: '100m', memory: '64Mi' }),
          // One on each of three nodes.
          workload('agent', { kind: 'DaemonSet', cpu: '10m', memory: '1Mi' }),
        ]
          .map(o => JSON.stringify(o))
          .join('\n---\n'),
      ),
      environment({ desired: 1, max: 3 }),
    ).map(({ owner, message }) => `${owner} ${message}`);

  it.each([
    ['requests.cpu', '330m', '329m'],
    ['requests.memory', '195Mi', '194Mi'],
    ['pods', '6', '5'],
    ['persistentvolumeclaims', '1', '0'],
    ['requests.storage', '10Gi', '9Gi'],
  ])('of %s: %s is enough, %s is not', (name, enough, tooLittle) => {
    expect(messages({ [name]: enough })).toEqual([]);
    expect(messages({ [name]: tooLittle })).toEqual([
      expect.stringContaining(
        `ResourceQuota quant/quota allows ${name} ${tooLittle}, but the namespace needs ${enough}`,
      ),
    ]);
  });

  it('of what nobody counts is left alone', () => {
    expect(messages({ 'count/jobs.batch': '0' })).toEqual([]);
  });
});
