import { aPod, aSpec, gpuNode, profile } from '../__fixtures__/builders';
import type { KubeContainerState, KubeDeployment, KubePod } from '../kube';
import {
  modelInventory,
  renderModelDeployment,
  renderParentConfigMap,
} from '../manifests';
import {
  eventView,
  podView,
  summarizeModelDeployment,
  summarizeTeamService,
} from '.';

function withContainer(
  state: KubeContainerState,
  more: {
    ready?: boolean;
    started?: boolean;
    restarts?: number;
    lastState?: KubeContainerState;
  } = {},
): KubePod {
  const pod = aPod({ name: 'p', node: 'n1' });
  const ready = more.ready ?? false;
  pod.status = {
    phase: state.running ? 'Running' : 'Pending',
    conditions: [
      { type: 'PodScheduled', status: 'True' },
      { type: 'Ready', status: ready ? 'True' : 'False' },
    ],
    containerStatuses: [
      {
        name: 'vllm',
        image: 'vllm/vllm-openai:v0.11.0',
        ready,
        started: more.started,
        restartCount: more.restarts ?? 0,
        state,
        lastState: more.lastState,
      },
    ],
  };
  return pod;
}

function unschedulable(message: string): KubePod {
  const pod = aPod({ name: 'p' });
  pod.status!.conditions = [
    { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message },
  ];
  return pod;
}

const readyPod = withContainer({ running: {} }, { ready: true, started: true });
const startingPod = withContainer({ running: {} }, { started: false });
const crashing = withContainer(
  { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s' } },
  { restarts: 4, lastState: { terminated: { exitCode: 1, reason: 'Error' } } },
);

describe('podView', () => {
  it.each<[string, KubePod, object]>([
    ['ready', readyPod, { state: 'Ready', ready: true }],
    ['starting', startingPod, { state: 'Starting' }],
    [
      'once ready, now not',
      withContainer({ running: {} }, { started: true }),
      { state: 'Degraded' },
    ],
    [
      'crash loop',
      crashing,
      { state: 'Failing', reason: 'CrashLoopBackOff', restarts: 4 },
    ],
    [
      'no image',
      withContainer({ waiting: { reason: 'ImagePullBackOff' } }),
      { state: 'Failing', reason: 'ImagePullBackOff' },
    ],
    [
      'creating',
      withContainer({ waiting: { reason: 'ContainerCreating' } }),
      { state: 'Starting' },
    ],
    [
      'unschedulable',
      unschedulable('0/5 nodes'),
      { state: 'Waiting', reason: 'Unschedulable', message: '0/5 nodes' },
    ],
    ['brand new', aPod(), { state: 'Waiting' }],
    [
      'evicted',
      {
        ...aPod({ phase: 'Failed' }),
        status: { phase: 'Failed', reason: 'Evicted' },
      },
      { state: 'Failing', reason: 'Evicted' },
    ],
    ['completed', aPod({ phase: 'Succeeded' }), { state: 'Stopped' }],
    [
      'nothing known',
      { metadata: { name: 'x' } },
      { state: 'Unknown', phase: 'Unknown' },
    ],
  ])('%s', (_, pod, expected) => {
    expect(podView(pod)).toMatchObject(expected);
  });

  it('shows how the last run of a container ended', () => {
    expect(podView(crashing).containers[0]).toMatchObject({
      state: 'waiting',
      lastState: { exitCode: 1, reason: 'Error' },
    });
  });

  it('reads Dates of a client and strings of JSON alike', () => {
    const time = '2026-11-23T08:00:00.000Z';
    const pod = aPod();
    const asDate = {
      ...pod,
      metadata: { ...pod.metadata, creationTimestamp: new Date(time) },
    };
    expect(podView(asDate)).toEqual(podView(pod));
    expect(podView(asDate).createdAt).toBe(time);
  });
});

describe('eventView', () => {
  it('takes the newest time and the count of a series', () => {
    expect(
      eventView({
        type: 'Warning',
        reason: 'Unhealthy',
        message: 'm',
        involvedObject: { kind: 'Pod', name: 'p' },
        eventTime: '2026-11-23T08:00:00Z',
        series: { count: 7, lastObservedTime: '2026-11-23T08:05:00Z' },
      }),
    ).toEqual({
      type: 'Warning',
      reason: 'Unhealthy',
      message: 'm',
      object: 'Pod/p',
      count: 7,
      lastSeen: '2026-11-23T08:05:00.000Z',
    });
  });
});

describe('a model deployment', () => {
  const spec = aSpec();
  const members = renderModelDeployment(spec, { profile: profile('t4') });
  const parent = renderParentConfigMap(spec, {
    members,
    revisions: modelInventory.appendRevision([], {
      appliedAt: '2026-11-23T08:00:00Z',
      spec,
    }),
  });

  function deployment(
    desired: number,
    ready: number,
    status: KubeDeployment['status'] = {},
  ): KubeDeployment {
    const rendered = structuredClone(members[2]) as KubeDeployment;
    rendered.spec!.replicas = desired;
    rendered.status = {
      readyReplicas: ready,
      updatedReplicas: ready,
      ...status,
    };
    return rendered;
  }

  const facts = { cluster: 'c', parent };

  it.each<[string, KubeDeployment, KubePod[], string, RegExp | undefined]>([
    ['all ready', deployment(1, 1), [readyPod], 'Ready', undefined],
    ['starting', deployment(1, 0), [startingPod], 'Starting', /startup probe/],
    ['no pod yet', deployment(1, 0), [], 'Starting', /no pod/],
    [
      'one of two',
      deployment(2, 1),
      [readyPod, crashing],
      'Degraded',
      /CrashLoopBackOff/,
    ],
    ['crashing', deployment(1, 0), [crashing], 'Failing', /CrashLoopBackOff/],
    [
      'lost readiness',
      deployment(1, 0),
      [withContainer({ running: {} }, { started: true })],
      'Failing',
      /not ready/,
    ],
    [
      'no GPU',
      deployment(1, 0),
      [
        unschedulable(
          '0/5 nodes are available: 1 Insufficient nvidia.com/gpu.',
        ),
      ],
      'Waiting',
      /^waits for a free GPU: 0\/5/,
    ],
    ['stopped', deployment(0, 0), [], 'Stopped', undefined],
    [
      'quota',
      deployment(1, 0, {
        conditions: [
          {
            type: 'ReplicaFailure',
            status: 'True',
            reason: 'FailedCreate',
            message: 'exceeded quota',
          },
        ],
      }),
      [],
      'Failing',
      /exceeded quota/,
    ],
  ])('%s', (_, object, pods, state, reason) => {
    const summary = summarizeModelDeployment({
      ...facts,
      deployment: object,
      pods,
    });
    expect(summary.state).toBe(state);
    expect(summary.reason ?? '').toMatch(reason ?? /^$/);
  });

  it.each([
    [1_000, 'Starting', /being applied/],
    [60_000, 'Failing', /Deployment is not there/],
  ])(
    'without its Deployment, %i ms after it was applied',
    (age, state, reason) => {
      const appliedAt = new Date(Date.now() - age).toISOString();
      const summary = summarizeModelDeployment({
        cluster: 'c',
        deployment: { metadata: { name: 'mistral', namespace: 'quant' } },
        deploymentMissing: true,
        pods: [],
        parent: renderParentConfigMap(spec, {
          members,
          revisions: modelInventory.appendRevision([], { appliedAt, spec }),
        }),
      });
      expect(summary.state).toBe(state);
      expect(summary.reason).toMatch(reason);
    },
  );

  it('names the claim that a pod waits for', () => {
    const summary = summarizeModelDeployment({
      ...facts,
      deployment: deployment(1, 0),
      pods: [
        unschedulable(
          '0/5 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
        ),
      ],
      pvcs: [
        { metadata: { name: 'mistral-cache' }, status: { phase: 'Pending' } },
      ],
    });
    expect(summary.reason).toMatch(/^waits for its volume mistral-cache/);
  });

  it('tells what runs, where, and what is simulated', () => {
    const node = gpuNode('n1');
    node.metadata!.annotations = { 'llm-platform.dev/simulated': 'GPU' };
    expect(
      summarizeModelDeployment({
        ...facts,
        deployment: deployment(1, 1),
        pods: [readyPod],
        nodes: [node],
      }),
    ).toMatchObject({
      cluster: 'c',
      namespace: 'quant',
      name: 'mistral',
      team: 'quant',
      route: 'mistral',
      modelId: 'TheBloke/Mistral-7B-Instruct-v0.2-AWQ',
      profile: 't4',
      gpus: { requested: 1, product: 'Tesla-T4' },
      simulated: 'GPU',
      replicas: { desired: 1, ready: 1 },
    });
  });

  it('reads the model from the arguments of a Deployment that the portal did not make', () => {
    const foreign = deployment(1, 1);
    foreign.metadata!.annotations = {};
    const summary = summarizeModelDeployment({
      cluster: 'c',
      deployment: foreign,
      pods: [],
    });
    expect(summary.modelId).toBe('TheBloke/Mistral-7B-Instruct-v0.2-AWQ');
  });

  it('judges a team service alike', () => {
    expect(
      summarizeTeamService({
        cluster: 'c',
        deployment: deployment(1, 0),
        pods: [crashing],
        route: 'quant-api',
      }),
    ).toMatchObject({ state: 'Failing', route: 'quant-api' });
  });
});
