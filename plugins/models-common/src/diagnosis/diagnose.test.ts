import { aPod, cpuNode, gpuNode } from '../__fixtures__/builders';
import type { KubePod } from '../kube';
import { diagnose, type DiagnosisFacts } from '.';
import { readSchedulerMessage } from './schedulerMessage';

function waiting(
  reason: string,
  message: string,
  image = 'vllm/vllm-openai:v0.11.0',
): KubePod {
  const pod = aPod({ name: 'p', node: 'n1', phase: 'Pending' });
  pod.status!.containerStatuses = [
    {
      name: 'vllm',
      image,
      ready: false,
      restartCount: 0,
      state: { waiting: { reason, message } },
    },
  ];
  return pod;
}

function crashing(extra: Partial<DiagnosisFacts> = {}): DiagnosisFacts {
  const pod = waiting(
    'CrashLoopBackOff',
    'back-off 40s restarting failed container',
  );
  pod.status!.phase = 'Running';
  pod.status!.containerStatuses![0].restartCount = 3;
  pod.status!.containerStatuses![0].lastState = {
    terminated: { exitCode: 1, reason: 'Error' },
  };
  return { pods: [pod], ...extra };
}

function withLog(...lines: string[]): DiagnosisFacts {
  return crashing({ logLines: { p: lines } });
}

function unscheduled(message: string, options = {}): KubePod {
  const pod = aPod({ name: 'p', gpus: 1, ...options });
  pod.status!.conditions = [
    { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message },
  ];
  return pod;
}

function claim(storageClassName?: string) {
  return {
    metadata: { name: 'hf-cache', namespace: 'llm-baseline' },
    spec: { storageClassName },
    status: { phase: 'Pending' },
  };
}

const GPU_TAKEN =
  "0/5 nodes are available: 1 Insufficient nvidia.com/gpu, 4 node(s) didn't match Pod's node affinity/selector. preemption: 0/5 nodes are available: 1 No preemption victims found for incoming pod, 4 Preemption is not helpful for scheduling.";
const ECR = '388691194728.dkr.ecr.us-west-2.amazonaws.com/llmplatform-dev';
const gp2 = {
  metadata: {
    name: 'gp2',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  provisioner: 'kubernetes.io/aws-ebs',
};

type Case = [
  what: string,
  facts: DiagnosisFacts,
  cause: string,
  explanation: RegExp,
];

const cases: Case[] = [
  [
    'incident 1: no CSI driver',
    { pods: [], pvcs: [claim('gp2')], storageClasses: [gp2], csiDrivers: [] },
    'volume-provisioner-missing',
    /"gp2" needs the CSI driver ebs\.csi\.aws\.com/,
  ],
  [
    'incident 2: class gp3 is not there',
    { pods: [], pvcs: [claim('gp3')], storageClasses: [gp2] },
    'storage-class-missing',
    /"gp3", which the cluster does not have\. It has: gp2/,
  ],
  [
    'incident 2, from the event alone',
    {
      pods: [],
      pvcs: [claim('gp3')],
      events: [
        {
          reason: 'ProvisioningFailed',
          message: 'storageclass.storage.k8s.io "gp3" not found',
          involvedObject: { kind: 'PersistentVolumeClaim', name: 'hf-cache' },
        },
      ],
    },
    'storage-class-missing',
    /"gp3"/,
  ],
  [
    'no default class',
    { pods: [], pvcs: [claim()], storageClasses: [] },
    'no-default-storage-class',
    /no default/,
  ],
  [
    'incident 6: a ConfigMap is missing',
    {
      pods: [aPod({ name: 'grafana', node: 'n', phase: 'Pending' })],
      events: [
        {
          reason: 'FailedMount',
          message:
            'MountVolume.SetUp failed for volume "dashboards" : configmap "grafana-dashboards" not found',
          involvedObject: {
            kind: 'Pod',
            namespace: 'observability',
            name: 'grafana',
          },
        },
      ],
    },
    'configmap-missing',
    /ConfigMap grafana-dashboards/,
  ],
  [
    'a Secret is missing',
    {
      pods: [
        waiting('CreateContainerConfigError', 'secret "hf-token" not found'),
      ],
    },
    'secret-missing',
    /Secret hf-token/,
  ],
  [
    'a key of a Secret is missing',
    {
      pods: [
        waiting(
          'CreateContainerConfigError',
          "couldn't find key token in Secret llm-baseline/hf-token",
        ),
      ],
    },
    'secret-key-missing',
    /key "token" of Secret hf-token/,
  ],
  [
    'incidents 9 and 10: the node advertises no GPU',
    {
      pods: [
        unscheduled('0/1 nodes are available: 1 Insufficient nvidia.com/gpu.'),
      ],
      nodes: [gpuNode('g', 0)],
    },
    'gpu-not-advertised',
    /driver or the device plugin is missing/,
  ],
  [
    'the GPU is taken',
    { pods: [unscheduled(GPU_TAKEN)], nodes: [gpuNode('g')] },
    'gpu-exhausted',
    /asks for 1 GPU\(s\) and all that match are taken\. The matching nodes have 1/,
  ],
  [
    'a taint',
    {
      pods: [
        unscheduled(
          "0/5 nodes are available: 1 node(s) had untolerated taint {nvidia.com/gpu: true}, 4 node(s) didn't match Pod's node affinity/selector.",
        ),
      ],
    },
    'taint-untolerated',
    /nvidia\.com\/gpu: true/,
  ],
  [
    'incident 11: 4 CPU and 16Gi on a g4dn.xlarge',
    {
      pods: [
        unscheduled(
          '0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.',
          { cpu: '4', memory: '16Gi' },
        ),
      ],
      nodes: [gpuNode('g')],
    },
    'request-exceeds-node',
    /4 CPU where a node offers 3920m and 16\.00 GiB of memory where a node offers 15\.00 GiB/,
  ],
  [
    'incident 30: small nodes that are full; the GPU node’s taint is beside the point',
    {
      pods: [
        unscheduled(
          '0/3 nodes are available: 1 node(s) had untolerated taint {nvidia.com/gpu: true}, 2 Insufficient cpu, 2 Insufficient memory.',
          { gpus: 0, cpu: '500m', memory: '1Gi' },
        ),
      ],
      nodes: [cpuNode('a'), cpuNode('b'), gpuNode('g')],
    },
    'cpu-or-memory-exhausted',
    /500m CPU and 1\.00 GiB/,
  ],
  [
    'no node of that kind',
    {
      pods: [
        unscheduled(
          "0/4 nodes are available: 4 node(s) didn't match Pod's node affinity/selector.",
        ),
      ],
    },
    'no-matching-node',
    /labels/,
  ],
  [
    'the claim is not there',
    {
      pods: [
        unscheduled(
          '0/4 nodes are available: persistentvolumeclaim "m-cache" not found.',
        ),
      ],
    },
    'volume-claim-missing',
    /"m-cache"/,
  ],
  [
    'incident 16, V0: nothing left',
    withLog(
      'ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization` when initializing the engine.',
    ),
    'no-kv-cache-memory',
    /use up all the memory/,
  ],
  [
    'incident 16, V0: 1936 tokens',
    withLog(
      "ValueError: The model's max seq len (2048) is larger than the maximum number of tokens that can be stored in KV cache (1936). Try increasing",
    ),
    'kv-cache-too-small',
    /2048 tokens and the KV cache holds 1936/,
  ],
  [
    'V1, as 0.11 prints it',
    withLog(
      "2026-11-23T08:06:00.1Z (EngineCore_DP0 pid=99) ERROR 11-23 08:06:00 [core.py:708] ValueError: To serve at least one request with the models's max seq len (262144), (62.00 GiB KV cache is needed, which is larger than the available KV cache memory (48.66 GiB). Based on the available memory, the estimated maximum model length is 205728. Try",
    ),
    'kv-cache-too-small',
    /262144 tokens needs 62\.00 GiB of KV cache and 48\.66 GiB are left/,
  ],
  [
    'CUDA out of memory',
    withLog(
      'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 1.95 GiB. GPU 0 has a total capacity of 22.09 GiB of which 758.44 MiB is free.',
    ),
    'cuda-out-of-memory',
    /22\.09 GiB, 758\.44 MiB were free, and 1\.95 GiB more/,
  ],
  [
    'the GPU is in use',
    withLog(
      'ValueError: Free memory on device (3.10/14.56 GiB) on startup is less than desired GPU memory utilization (0.9, 13.1 GiB).',
    ),
    'gpu-memory-taken',
    /3\.10 of 14\.56 GiB are free and vLLM wants 13\.1/,
  ],
  [
    'bfloat16 on a T4',
    withLog(
      'ValueError: Bfloat16 is only supported on GPUs with compute capability of at least 8.0. Your Tesla T4 GPU has compute capability 7.5. You can use float16',
    ),
    'dtype-unsupported',
    /Tesla T4 has compute capability 7\.5/,
  ],
  [
    'too long',
    withLog(
      "ValueError: User-specified max_model_len (65536) is greater than the derived max_model_len (max_position_embeddings=32768 or model_max_length=None in model's config.json).",
    ),
    'max-length-too-long',
    /65536 tokens .* 32768 positions/,
  ],
  [
    'a gated model',
    withLog('huggingface_hub.errors.GatedRepoError: 401 Client Error.'),
    'model-access-denied',
    /gated/,
  ],
  [
    'no such model',
    withLog(
      "OSError: acme/none is not a local folder and is not a valid model identifier listed on 'https://huggingface.co/models'",
    ),
    'model-not-found',
    /repository acme\/none/,
  ],
  [
    'incident 19: a placeholder',
    {
      pods: [
        waiting(
          'InvalidImageName',
          "couldn't parse image name: repository name must be lowercase",
          'ACCOUNT_ID.dkr.ecr.us-west-2.amazonaws.com/gateway:latest',
        ),
      ],
    },
    'image-name-invalid',
    /placeholder ACCOUNT_ID/,
  ],
  [
    'incident 20: no such tag',
    {
      pods: [
        waiting(
          'ErrImagePull',
          `failed to pull and unpack image "${ECR}/eval-api:dev-latest": ${ECR}/eval-api:dev-latest: not found`,
          `${ECR}/eval-api:dev-latest`,
        ),
      ],
    },
    'image-not-found',
    /has no .*eval-api:dev-latest/,
  ],
  [
    'incident 20, in back-off: the event tells',
    {
      pods: [
        waiting('ImagePullBackOff', 'Back-off pulling image "x/y:1"', 'x/y:1'),
      ],
      events: [
        {
          reason: 'Failed',
          message: 'Failed to pull image "x/y:1": x/y:1: not found',
          involvedObject: { kind: 'Pod', name: 'p' },
        },
      ],
    },
    'image-not-found',
    /x\/y:1/,
  ],
  [
    'no access to the registry',
    {
      pods: [
        waiting(
          'ErrImagePull',
          'pull access denied, repository does not exist or may require authorization',
        ),
      ],
    },
    'image-access-denied',
    /may not pull/,
  ],
  [
    'no way to the registry',
    {
      pods: [
        waiting(
          'ErrImagePull',
          'dial tcp: lookup registry.local: no such host',
        ),
      ],
    },
    'registry-unreachable',
    /can't connect/,
  ],
  [
    'OOMKilled',
    (() => {
      const facts = crashing();
      facts.pods[0].status!.containerStatuses![0].lastState = {
        terminated: { exitCode: 137, reason: 'OOMKilled' },
      };
      facts.pods[0].spec!.containers[0].resources = {
        limits: { memory: '2Gi' },
      };
      return facts;
    })(),
    'container-out-of-memory',
    /limit of 2Gi/,
  ],
  [
    'a quota',
    {
      pods: [],
      deployment: {
        metadata: { name: 'm', namespace: 'quant' },
        status: {
          conditions: [
            {
              type: 'ReplicaFailure',
              status: 'True',
              message:
                'pods "m-1" is forbidden: exceeded quota: team, requested: requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=2, limited: requests.nvidia.com/gpu=2',
            },
          ],
        },
      },
    },
    'quota-exceeded',
    /asks for requests\.nvidia\.com\/gpu=1; used are requests\.nvidia\.com\/gpu=2/,
  ],
  [
    'incident 24: probes',
    (() => {
      const pod = aPod({ name: 'p', node: 'n' });
      pod.status!.containerStatuses = [
        {
          name: 'c',
          image: 'i',
          ready: false,
          started: true,
          restartCount: 0,
          state: { running: {} },
        },
      ];
      return {
        pods: [pod],
        events: [
          {
            reason: 'Unhealthy',
            message:
              'Readiness probe failed: HTTP probe failed with statuscode: 503',
            involvedObject: { kind: 'Pod', name: 'p' },
          },
        ],
      };
    })(),
    'probe-failing',
    /503/,
  ],
  [
    'an error that no rule knows',
    withLog('Traceback (most recent call last):', 'KeyError: kaboom'),
    'crash-loop',
    /restarted 3 time\(s\) and ended with exit code 1\. Its last error: KeyError: kaboom/,
  ],
];

it.each(cases)('%s', (...row) => {
  const [, facts, cause, explanation] = row as Case;
  expect(diagnose(facts)).toEqual([
    expect.objectContaining({
      cause,
      severity: 'error',
      explanation: expect.stringMatching(explanation),
      evidence: [
        { object: expect.any(String), text: expect.stringMatching(/\S/) },
      ],
      remedy: expect.stringMatching(/\S/),
    }),
  ]);
});

describe('stays silent rather than be wrong', () => {
  const ready = crashing({
    logLines: { p: ['No available memory for the cache blocks'] },
  });
  ready.pods[0].status!.conditions = [{ type: 'Ready', status: 'True' }];
  ready.pods[0].status!.containerStatuses![0].state = { running: {} };

  const startingProbe = aPod({ name: 'p', node: 'n' });
  startingProbe.status!.containerStatuses = [
    {
      name: 'c',
      image: 'i',
      ready: false,
      started: false,
      restartCount: 0,
      state: { running: {} },
    },
  ];

  it.each<[string, DiagnosisFacts]>([
    ['nothing at all', { pods: [] }],
    ['an old error in the log of a pod that is ready now', ready],
    [
      'a claim that waits for its first consumer',
      {
        pods: [],
        pvcs: [claim('gp2')],
        storageClasses: [gp2],
        csiDrivers: ['ebs.csi.aws.com'],
      },
    ],
    [
      'a claim when drivers could not be read',
      { pods: [], pvcs: [claim('gp2')], storageClasses: [gp2] },
    ],
    [
      'a pull that fails for a reason unheard of',
      { pods: [waiting('ErrImagePull', 'flux capacitor')] },
    ],
    [
      'a message of another scheduler',
      { pods: [unscheduled('no room on the bus')] },
    ],
    [
      'a pod without GPUs before the GPU node’s taint',
      {
        pods: [
          unscheduled(
            '0/1 nodes are available: 1 node(s) had untolerated taint {nvidia.com/gpu: true}.',
            { gpus: 0 },
          ),
        ],
      },
    ],
    [
      'a startup probe that has not passed yet',
      {
        pods: [startingProbe],
        events: [
          {
            reason: 'Unhealthy',
            message: 'Startup probe failed: connection refused',
            involvedObject: { kind: 'Pod', name: 'p' },
          },
        ],
      },
    ],
  ])('%s', (_, facts) => {
    expect(diagnose(facts)).toEqual([]);
  });
});

it('is one finding for two pods with the same trouble', () => {
  const pods = ['a', 'b'].map(name => ({
    ...unscheduled(GPU_TAKEN),
    metadata: { name, namespace: 'quant' },
  }));
  const found = diagnose({ pods });
  expect(found).toHaveLength(1);
  expect(found[0].evidence.map(({ object }) => object)).toEqual([
    'Pod quant/a',
    'Pod quant/b',
  ]);
});

it('takes the scheduler’s summary apart, and nothing of the preemption’s', () => {
  expect(readSchedulerMessage(GPU_TAKEN)).toEqual({
    nodes: 5,
    reasons: [
      { count: 1, reason: 'Insufficient nvidia.com/gpu' },
      { count: 4, reason: "node(s) didn't match Pod's node affinity/selector" },
    ],
  });
});
