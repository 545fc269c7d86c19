import { aPod, gpuNode } from '../__fixtures__/builders';
import type { KubeContainerStatus, KubeEvent, KubePod } from '../kube';
import { computeStartTimeline, type TimelineFacts } from '.';

const minute = (n: number) => `2026-11-23T08:0${n}:00.000Z`;

function line(n: number, text: string): string {
  return `2026-11-23T08:0${n}:00.000000000Z ${text}`;
}

/** A cold start of vLLM 0.11.0 on a T4, in the words of its log. */
const LOG = [
  line(
    3,
    'INFO 11-23 08:03:00 [core.py:77] Initializing a V1 LLM engine (v0.11.0) with config: model=...',
  ),
  line(
    3,
    'INFO 11-23 08:03:00 [gpu_model_runner.py:2602] Starting to load model TheBloke/Mistral-7B-Instruct-v0.2-AWQ...',
  ),
  line(
    4,
    'INFO 11-23 08:04:00 [weight_utils.py:413] Time spent downloading weights for TheBloke/Mistral-7B-Instruct-v0.2-AWQ: 55.241 seconds',
  ),
  line(
    5,
    'Loading safetensors checkpoint shards: 100% Completed | 1/1 [00:12<00:00, 12.1s/it]',
  ),
  line(
    5,
    'INFO 11-23 08:05:00 [gpu_model_runner.py:2653] Model loading took 3.8814 GiB and 72.401 seconds',
  ),
  line(
    6,
    'INFO 11-23 08:06:00 [monitor.py:34] torch.compile takes 25.11 s in total',
  ),
  line(
    6,
    'INFO 11-23 08:06:10 [gpu_worker.py:298] Available KV cache memory: 8.90 GiB',
  ),
  line(
    7,
    'INFO 11-23 08:07:00 [kv_cache_utils.py:1087] GPU KV cache size: 72,912 tokens',
  ),
  line(
    7,
    'INFO 11-23 08:07:05 [api_server.py:1839] Starting vLLM API server 0 on http://0.0.0.0:8000',
  ),
];

function event(reason: string, message: string, n: number): KubeEvent {
  return {
    reason,
    message,
    lastTimestamp: minute(n),
    involvedObject: { kind: 'Pod', name: 'p' },
  };
}

function runningPod(ready = false): KubePod {
  const pod = aPod({ name: 'p', node: 'gpu-2', gpus: 1 });
  pod.metadata!.creationTimestamp = minute(0);
  pod.status = {
    phase: 'Running',
    conditions: [
      { type: 'PodScheduled', status: 'True', lastTransitionTime: minute(1) },
      {
        type: 'Ready',
        status: ready ? 'True' : 'False',
        lastTransitionTime: minute(8),
      },
    ],
    containerStatuses: [
      {
        name: 'vllm',
        image: 'vllm/vllm-openai:v0.11.0',
        ready,
        restartCount: 0,
        state: { running: {} },
      },
    ],
  };
  return pod;
}

function joinedNode() {
  const node = gpuNode('gpu-2');
  node.metadata!.creationTimestamp = minute(1);
  node.status!.conditions![0].lastTransitionTime = minute(2);
  return node;
}

const done: TimelineFacts = {
  pod: runningPod(true),
  node: joinedNode(),
  pvc: {
    metadata: { name: 'm-cache' },
    spec: { volumeName: 'pvc-1' },
    status: { phase: 'Bound' },
  },
  events: [
    event('Pulling', 'Pulling image "vllm/vllm-openai:v0.11.0"', 2),
    event(
      'Pulled',
      'Successfully pulled image "vllm/vllm-openai:v0.11.0" in 41s',
      3,
    ),
  ],
  logLines: LOG,
};

function statuses(facts: TimelineFacts): string {
  return computeStartTimeline(facts)
    .phases.map(({ status }) => status)
    .join(' ');
}

it('tells every phase of a cold start, with its times and evidence', () => {
  const timeline = computeStartTimeline(done);
  expect(timeline).toMatchObject({
    pod: 'p',
    startedAt: minute(0),
    readyAt: minute(8),
  });
  expect(timeline.phases).toEqual([
    {
      id: 'scheduled',
      status: 'done',
      startedAt: minute(0),
      finishedAt: minute(1),
      evidence: 'on node gpu-2',
    },
    {
      id: 'node-ready',
      status: 'done',
      startedAt: minute(1),
      finishedAt: minute(2),
      evidence: 'node gpu-2 joined for it',
    },
    {
      id: 'volume-bound',
      status: 'done',
      startedAt: minute(2),
      evidence: 'm-cache is bound to pvc-1',
    },
    {
      id: 'image-pulled',
      status: 'done',
      startedAt: minute(2),
      finishedAt: minute(3),
      evidence: expect.stringContaining('in 41s'),
    },
    {
      id: 'weights-downloaded',
      status: 'done',
      startedAt: minute(3),
      finishedAt: minute(4),
      evidence: expect.stringContaining('55.241 seconds'),
    },
    {
      id: 'weights-loaded',
      status: 'done',
      startedAt: minute(4),
      finishedAt: minute(5),
      evidence: 'Model loading took 3.8814 GiB and 72.401 seconds',
    },
    {
      id: 'compiled',
      status: 'done',
      startedAt: minute(5),
      finishedAt: minute(6),
      evidence: 'torch.compile takes 25.11 s in total',
    },
    {
      id: 'kv-cache-sized',
      status: 'done',
      startedAt: minute(6),
      finishedAt: minute(7),
      evidence: 'GPU KV cache size: 72,912 tokens',
    },
    {
      id: 'ready',
      status: 'done',
      startedAt: minute(7),
      finishedAt: minute(8),
      evidence: 'the readiness probe passes',
    },
  ]);
});

function unscheduled(): KubePod {
  const pod = aPod({ name: 'p', gpus: 1 });
  pod.status!.conditions = [
    {
      type: 'PodScheduled',
      status: 'False',
      message: '0/5 nodes are available: 1 Insufficient nvidia.com/gpu.',
    },
  ];
  return pod;
}

function waiting(reason: string, message = ''): KubePod {
  const pod = runningPod();
  pod.status!.containerStatuses![0].state = { waiting: { reason, message } };
  return pod;
}

it.each<[string, TimelineFacts, string]>([
  [
    'no pod',
    {},
    'pending pending pending pending pending pending pending pending pending',
  ],
  [
    'waits for a GPU',
    { pod: unscheduled() },
    'running pending pending pending pending pending pending pending pending',
  ],
  [
    'the volume fails before a node takes the pod',
    {
      pod: unscheduled(),
      pvc: { metadata: { name: 'c' }, status: { phase: 'Pending' } },
      events: [
        {
          ...event('ProvisioningFailed', 'storageclass "gp9" not found', 1),
          involvedObject: { kind: 'PersistentVolumeClaim', name: 'c' },
        },
      ],
    },
    'running pending failed pending pending pending pending pending pending',
  ],
  [
    'the node is joining',
    {
      ...done,
      pod: waiting('ContainerCreating'),
      node: { ...joinedNode(), status: {} },
      pvc: undefined,
      events: [],
      logLines: [],
    },
    'done running pending pending pending pending pending pending pending',
  ],
  [
    'pulling',
    {
      ...done,
      pod: waiting('ContainerCreating'),
      events: done.events!.slice(0, 1),
      logLines: [],
    },
    'done done done running pending pending pending pending pending',
  ],
  [
    'no image',
    {
      ...done,
      pod: waiting('ErrImagePull', 'not found'),
      events: [],
      logLines: [],
    },
    'done done done failed pending pending pending pending pending',
  ],
  [
    'downloading',
    { ...done, pod: runningPod(), logLines: LOG.slice(0, 2) },
    'done done done done running pending pending pending pending',
  ],
  [
    'loading',
    { ...done, pod: runningPod(), logLines: LOG.slice(0, 3) },
    'done done done done done running pending pending pending',
  ],
  [
    'warm cache',
    { ...done, pod: runningPod(), logLines: [LOG[0], LOG[3]] },
    'done done done done skipped running pending pending pending',
  ],
  [
    'no compiling',
    { ...done, pod: runningPod(), logLines: [...LOG.slice(0, 5), LOG[7]] },
    'done done done done done done skipped done running',
  ],
  [
    'ready, its log gone',
    { ...done, logLines: [] },
    'done done done done unknown unknown unknown unknown done',
  ],
])('%s', (_, facts, expected) => {
  expect(statuses(facts)).toBe(expected);
});

it('stops at the phase that failed, with vLLM’s own words', () => {
  const pod = waiting('CrashLoopBackOff');
  pod.status!.containerStatuses![0].restartCount = 2;
  const { phases } = computeStartTimeline({
    ...done,
    pod,
    logLines: [
      ...LOG.slice(0, 5),
      line(
        6,
        'ERROR ValueError: No available memory for the cache blocks. Try increasing `gpu_memory_utilization` when initializing the engine.',
      ),
      line(
        6,
        'RuntimeError: Engine core initialization failed. See root cause above.',
      ),
    ],
  });
  const failed = phases.filter(({ status }) => status === 'failed');
  expect(failed).toMatchObject([
    {
      id: 'compiled',
      evidence: expect.stringContaining(
        'No available memory for the cache blocks',
      ),
    },
  ]);
});

it('works on logs without Kubernetes’ timestamps: phases then have no times of their own', () => {
  const { phases } = computeStartTimeline({
    ...done,
    logLines: LOG.map(text => text.slice(31)),
  });
  expect(phases[5]).toMatchObject({ id: 'weights-loaded', status: 'done' });
  expect(phases[5].finishedAt).toBeUndefined();
});

it('takes the weights as loaded where the CPU backend says that it has read them', () => {
  const { phases } = computeStartTimeline({
    ...done,
    logLines: [
      LOG[0],
      line(
        5,
        'INFO 11-23 08:05:00 [default_loader.py:267] Loading weights took 1.91 seconds',
      ),
    ],
  });
  expect(phases.find(({ id }) => id === 'weights-loaded')).toMatchObject({
    status: 'done',
    finishedAt: minute(5),
    evidence: 'Loading weights took 1.91 seconds',
  });
});

describe('events', () => {
  it.each<[string, KubeEvent['involvedObject']]>([
    ['another pod', { kind: 'Pod', name: 'older' }],
    ['the deployment of that name', { kind: 'Deployment', name: 'p' }],
    ['nothing', undefined],
  ])('of %s do not count', (_, involvedObject) => {
    const other = { ...event('Pulled', 'other', 0), involvedObject };
    expect(
      computeStartTimeline({ ...done, events: [other, ...done.events!] }),
    ).toEqual(computeStartTimeline(done));
  });

  it('may come in any order, and from a later start of the container', () => {
    const again = event('Pulled', 'already present on machine', 9);
    const events = [again, ...[...done.events!].reverse()];
    expect(computeStartTimeline({ ...done, events })).toEqual(
      computeStartTimeline(done),
    );
  });

  it('that are repeated count from the first time', () => {
    const repeated: KubeEvent = {
      ...event('Pulled', 'already present on machine', 9),
      count: 3,
      firstTimestamp: minute(3),
    };
    const { phases } = computeStartTimeline({ ...done, events: [repeated] });
    expect(phases[3].finishedAt).toBe(minute(3));
  });
});

describe('a restarted container', () => {
  const died = { exitCode: 137, startedAt: minute(1), finishedAt: minute(4) };

  it.each<[string, Partial<KubeContainerStatus>, string]>([
    [
      'from the end of the one before',
      { state: { running: {} }, lastState: { terminated: died } },
      minute(4),
    ],
    [
      'from its own start, where that end is not known',
      { state: { running: { startedAt: minute(5) } } },
      minute(5),
    ],
    [
      'from the start that failed, while it waits for the next',
      {
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: died },
      },
      minute(1),
    ],
    [
      'from the start that failed, when that just ended',
      { state: { terminated: died } },
      minute(1),
    ],
    ['from the pod where no time is known', {}, minute(0)],
  ])('counts %s', (_, change, expected) => {
    const pod = runningPod();
    Object.assign(pod.status!.containerStatuses![0], change, {
      restartCount: 1,
    });
    expect(computeStartTimeline({ ...done, pod }).startedAt).toBe(expected);
  });

  it('does not count the hours before in any phase', () => {
    const pod = runningPod(true);
    pod.metadata!.creationTimestamp = '2026-11-22T20:00:00.000Z';
    Object.assign(pod.status!.containerStatuses![0], {
      restartCount: 1,
      lastState: { terminated: { ...died, finishedAt: minute(2) } },
    });
    const events = [
      { ...done.events![1], lastTimestamp: '2026-11-22T20:01:00.000Z' },
    ];
    const timeline = computeStartTimeline({ ...done, pod, events });
    expect(timeline).toMatchObject({
      startedAt: minute(2),
      readyAt: minute(8),
    });
    expect(timeline.phases[3].finishedAt).toBe('2026-11-22T20:01:00.000Z');
    expect(timeline.phases[4]).toMatchObject({
      id: 'weights-downloaded',
      startedAt: minute(2),
      finishedAt: minute(4),
    });
  });
});
