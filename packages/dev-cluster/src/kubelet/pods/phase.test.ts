import { V1PodSpec } from '@kubernetes/client-node';
import { podConditions } from './conditions';
import { ContainerView } from './containerView';
import { podPhase } from './phase';
import { takeUp } from './recover';

const view = (name: string, more: Partial<ContainerView>): ContainerView => ({
  name,
  image: 'image',
  imageID: '',
  restartCount: 0,
  state: { waiting: { reason: 'ContainerCreating' } },
  ready: false,
  started: false,
  ...more,
});
const ended = (exitCode: number) => ({ exitCode });
const running = { state: { running: {} }, ready: true, started: true };
const done = (exitCode: number) => ({
  state: { terminated: ended(exitCode) },
});

describe('podPhase', () => {
  const phase = (
    containers: Array<Partial<ContainerView>>,
    options: {
      policy?: string;
      init?: Array<Partial<ContainerView>>;
      initialized?: boolean;
      terminal?: boolean;
    } = {},
  ) => {
    const { policy = 'Always', init = [], initialized = true } = options;
    return podPhase({
      spec: {
        restartPolicy: policy,
        containers: [],
        initContainers: init.map((_, i) => ({ name: `i${i}` })),
      },
      init: init.map((v, i) => view(`i${i}`, v)),
      containers: containers.map((v, i) => view(`c${i}`, v)),
      initialized,
      terminal: options.terminal ?? false,
    });
  };

  it('is Pending until each container has been started', () => {
    expect(phase([running, {}])).toBe('Pending');
    expect(phase([running, running])).toBe('Running');
  });

  it('is Running while a container backs off', () => {
    expect(
      phase([
        {
          state: { waiting: { reason: 'CrashLoopBackOff' } },
          lastState: ended(1),
        },
      ]),
    ).toBe('Running');
  });

  it('ends by exit codes where nothing is started again', () => {
    expect(phase([done(0)], { policy: 'Never' })).toBe('Succeeded');
    expect(phase([done(0), done(1)], { policy: 'Never' })).toBe('Failed');
    expect(phase([done(0)], { policy: 'OnFailure' })).toBe('Succeeded');
    expect(phase([done(1)], { policy: 'OnFailure' })).toBe('Running');
    expect(phase([done(0)], { policy: 'Always' })).toBe('Running');
    expect(phase([done(0)], { policy: 'Always', terminal: true })).toBe(
      'Succeeded',
    );
  });

  it('fails with an init container that may not be tried again', () => {
    const options = { init: [done(1)], initialized: false };
    expect(phase([{}], { ...options, policy: 'Never' })).toBe('Failed');
    expect(phase([{}], { ...options, policy: 'Always' })).toBe('Pending');
  });
});

describe('podConditions', () => {
  const spec: V1PodSpec = {
    containers: [{ name: 'a' }],
    initContainers: [{ name: 'setup' }],
  };
  const now = new Date('2026-01-02T03:04:05Z');
  const earlier = new Date('2026-01-01T00:00:00Z');
  const conditions = (options: Partial<Parameters<typeof podConditions>[0]>) =>
    Object.fromEntries(
      podConditions({
        spec,
        generation: 3,
        phase: 'Running',
        init: [view('setup', done(0))],
        containers: [view('a', running)],
        initialized: true,
        sandboxReady: true,
        previous: [],
        now,
        ...options,
      }).map(c => [c.type, c]),
    );

  it('is ready when all containers are', () => {
    const { Ready, ContainersReady, Initialized } = conditions({});
    expect([Ready, ContainersReady, Initialized].map(c => c.status)).toEqual([
      'True',
      'True',
      'True',
    ]);
    expect(Ready.observedGeneration).toBe(3);
  });

  it('names what is not ready, as the kubelet does', () => {
    expect(
      conditions({ containers: [view('a', {}), view('b', {})] }).Ready,
    ).toMatchObject({
      status: 'False',
      reason: 'ContainersNotReady',
      message: 'containers with unready status: [a b]',
    });
    expect(
      conditions({ initialized: false, init: [view('setup', {})] }).Initialized,
    ).toMatchObject({
      status: 'False',
      reason: 'ContainersNotInitialized',
      message: 'containers with incomplete status: [setup]',
    });
    expect(
      conditions({ phase: 'Succeeded', containers: [view('a', done(0))] })
        .Ready,
    ).toMatchObject({ status: 'False', reason: 'PodCompleted' });
  });

  it('keeps the time of a condition that has not changed', () => {
    const previous = [
      { type: 'Ready', status: 'True', lastTransitionTime: earlier },
      { type: 'Initialized', status: 'False', lastTransitionTime: earlier },
    ];
    const result = conditions({ previous });
    expect(result.Ready.lastTransitionTime).toBe(earlier);
    expect(result.Initialized.lastTransitionTime).toBe(now);
  });

  it('waits for readiness gates', () => {
    const gated = {
      ...spec,
      readinessGates: [{ conditionType: 'example.com/gate' }],
    };
    expect(conditions({ spec: gated }).Ready).toMatchObject({
      status: 'False',
      reason: 'ReadinessGatesNotReady',
    });
    expect(
      conditions({
        spec: gated,
        previous: [{ type: 'example.com/gate', status: 'True' }],
      }).Ready.status,
    ).toBe('True');
  });
});

describe('taking up a container after a restart', () => {
  const container = { name: 'a', image: 'image' };
  const before = {
    name: 'a',
    image: 'image',
    imageID: '',
    ready: true,
    restartCount: 2,
    containerID: 'llmp://1',
  };

  it('counts a run that was cut off as ended for a reason unknown', () => {
    const { view: taken, hasRun } = takeUp(
      container,
      { ...before, state: { running: {} } },
      'ContainerCreating',
      false,
    );
    expect(hasRun).toBe(true);
    expect(taken).toMatchObject({
      restartCount: 2,
      ready: false,
      lastState: {
        exitCode: 255,
        reason: 'Unknown',
        containerID: 'llmp://1',
      },
    });
  });

  it('has nothing to restart of a simulated one, or a new one', () => {
    const was = { ...before, state: { running: {} } };
    expect(takeUp(container, was, 'x', true).hasRun).toBe(false);
    expect(takeUp(container, undefined, 'x', false).hasRun).toBe(false);
  });

  it('keeps how the last run ended', () => {
    const { view: taken, hasRun } = takeUp(
      container,
      {
        ...before,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 3 } },
      },
      'x',
      false,
    );
    expect(hasRun).toBe(true);
    expect(taken.lastState?.exitCode).toBe(3);
  });
});
